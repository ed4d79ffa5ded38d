"""Replies to our own mail: what completes, what only acknowledges, asks or thanks, and what ends it.

A line as elsewhere, with what is answered last: r mail of ours, rb a notice of what is missing (补正通知).
"""

LINES = """
o 补正通知 | 嗯嗯 | | rb
o 补正通知 | 好的老师 | | rb
o 补正通知 | 收到，谢谢提醒 | | rb
o 补正通知 | 明白，周五前给您 | | rb
o 补正通知 | 可以用退税单代替完税证明吗？ | | rb
o 补正通知 | 结婚证丢了怎么办，需要补办吗？ | | rb
o 补正通知 | 第三条没看懂，麻烦解释一下 | | rb
o 补正通知 | 盖公章还是人事章？ | | rb
o 补正通知 | 我人在外地，能不能晚十天？ | | rb
o 补正通知 | 这个我之前交过了呀，你们再找找 | | rb
o 补正通知 | 单位财务休假，下周一才能盖章 | | rb
o 补正通知 | 不理解为什么要这个，去年就没有要求 | | rb
o 补正通知 | 原件已经快递给你们了 | | rb
o 补正通知 | 能加您微信说吗 | | rb
o Correction notice | Understood, I will send it next week. | | rb
o Correction notice | Is a bank statement enough instead of the tax record? | | rb
o Correction notice | I do not understand point 2, could you explain? | | rb
s 补正通知 | 开户行是工商银行人民路支行，户名是我本人 | | rb
s 补正通知 | 我2023年7月至2024年8月在上海工作，社保在上海缴 | | rb
s 补正通知 | 政治面貌填群众，民族汉族 | | rb
s 补正通知 | 单位全称应为安庆市宜秀区第二中学 | | rb
s 补正通知 | 我未婚，所以没有配偶信息 | | rb
s 补正通知 | 入职时间是今年3月18日，表上写成了2018年 | | rb
s 补正通知 | 毕业院校全称是中国地质大学（武汉） | | rb
s 补正通知 | 两处金额已核对，正确数字为36000元 | | rb
s 补正通知 | 请看附件 | 社保.pdf | rb
s 补正通知 | 重新弄了，应该可以了 | 申请表.pdf | rb
s 补正通知 | 两份一起 | 合同.pdf 学位证.jpg | rb
s 补正通知 | 问了社保局，这样的证明行不行？ | 证明.jpg | rb
s Correction notice | The correct start date is 1 March 2025. | | rb
s Correction notice | Attached as requested. | letter.pdf | rb
s 受理通知 | 表里电话写错一位，应是尾号3321 | | r
s 受理通知 | 忘了放职称证，补上 | 职称证.jpg | r
s 受理通知 | 顺便把获奖证书也加进去 | 获奖证书.pdf | r
o 受理通知 | 谢谢，辛苦了 | | r
o 受理通知 | 大概要多久出结果？ | | r
o 受理通知 | 我没有提交过申请，是不是发错人了？ | | r
o 受理通知 | 以后请发到我的另一个邮箱 | | r
o 受理通知 | 需要我本人来窗口吗 | | r
o 办理结果通知 | 对结果有疑问，想当面沟通 | | r
o 办理结果通知 | 太好了，谢谢你们 | | r
o 办理结果通知 | 什么时候发证书？ | | r
o Receipt | Thank you for the quick confirmation. | | r
w 补正通知 | 材料开不出来，不补了，申请取消吧 | | rb
w 补正通知 | 太麻烦，我放弃 | | rb
w 受理通知 | 我重复交了，这份请撤销 | | r
w 受理通知 | 不申请了，谢谢 | | r
w Receipt | Please withdraw it, I changed my mind. | | r
w 请确认撤回 | 确认撤回 | | r
w 撤回申请的确认 | 确认 | | r
w 您要撤回申请吗 | 是的，撤回 | | r
w 撤回确认 | 是我本人要求撤回的，请办理 | | r
w 撤回确认 | 确认，同意撤回 | | r
w Please confirm your withdrawal | Yes, I confirm. | | r
o 撤回确认 | 不撤了，我再想想 | | r
o 撤回确认 | 我没有要求撤回 | | r
o 受理编号 | 同意 | | r
o 同意 | 同意 | | r
o 受理通知 | 可以 | | r
o 受理通知 | 没有意见 | | r
o 受理通知 | 知道了 | | r
o 受理通知 | 不同意 | | r
o 受理通知 | 收到 | | r
o 补正通知 | 同意 | | rb
o 补正通知 | 行 | | rb
o 回执 | 1 |
o 同意 | 同意 |
o 你好 | 在吗 |
o 换号了 | 新手机号 18600000000，旧的停了。 |
o 联系方式 | 今后联系请打 13900000000，原号注销。 |
o 别群发了 | 刚才群发错了，请大家删掉，抱歉。 |
o 请删 | 上封邮件里有我家人的证件，发错了，请删除。 |
p 智慧政务平台 | 我司研发的政策直达平台已在多个城市上线，可免费演示，盼与贵局洽谈合作。 |
p 数字人才解决方案 | 我公司可为贵局搭建人才码，已服务二十余个地市，望拨冗听取汇报。 |
p 产品推介 | 诚挚希望向贵局介绍我司新一代自助服务终端，可上门演示。 |
p 培训邀请函 | 各有关单位：定于12月在成都举办档案管理业务培训班，收费2700元/人，请将回执发回。 | 邀请函.doc |
"""
