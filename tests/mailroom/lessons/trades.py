"""One ordinary week of post from all trades: short, hurried, formal, dictated, with and without files.

A line: o other business, n application, s supplement, w withdrawal, p offer or fraud; subject | words | files.
"""

LINES = """
n 船厂总工 | 我是船厂的总工程师老韩，厂里让我报高层次人才，几本证书都照了相，您看着办。 | 证书.zip 登记表.pdf
n 口腔诊所 | 诊所新来的主治医师从南京调来，我们替他交人才认定表。 | 认定表.pdf
n 物流公司申报 | 供应链专业硕士两名，公司统一交租房补贴材料，名单在首页。 | 租房补贴材料.pdf
n 幼儿园园长推荐 | 推荐骨干教师一名评教育英才，推荐意见已签。 | 教育英才推荐表.pdf
n 建筑设计院 | 我院一级注册建筑师两名申请E类认定，注册证复印件附后。 | E类认定.pdf 注册证.pdf
n 退役军人 | 转业后在企业做技术，想报技能人才，部队的证书算不算先放着。 | 技能人才申报表.pdf 证书.jpg
n 烘干设备厂 | 我厂与江南大学柳教授签了协议，聘为科技副总，请予备案审批。 | 聘任协议.pdf 备案表.pdf
n 电商主播 | 团队去年带货农产品三千万，想申报乡村振兴人才。 | 申报表.docx 业绩.pdf
n 兽医站 | 全站一个研究生，申请基层补贴 | 补贴申请表.jpg
n 留学生认证下来了 | 教育部认证上周到手，正式提交安家费申请。 | 安家费申请.pdf 学历认证.pdf
n 博物馆 | 人事科代报文博副研究馆员一名，手续齐备。 | 申报手续.pdf
n 我在等这个政策 | 等了三年终于等到，表连夜填的，请收好。 | 英才申报书.pdf
n 語音輸入 | 您好我是新能源公司的我要申请那个人才公寓单身的材料我都拍照了发给您 | 图片1.jpg 图片2.jpg
n 丈夫代妻 | 我爱人是麻醉医生白天都在手术，生活补贴由我替她交，委托书在里面。 | 生活补贴.pdf 委托书.jpg
n Re: 关于申报2026年度产业导师的通知 | 按通知报送我公司高级技师一名，材料见附件。 | 产业导师申报表.pdf
s 昨天忘了盖骑缝章 | 骑缝章补盖好了，整本重扫。 | 合同骑缝章.pdf
s 电话里的事 | 您说毕业时间不对，学校出了证明，发给您。 | 毕业时间证明.pdf
s 驾驶证换居住证 | 上次错把驾驶证当居住证发了，这个才是居住证。 | 居住证.jpg
s 缴费记录 | 八月到十一月的社保，税务局打的 | 社保缴费.pdf
s 厂里补的说明 | 厂办写了加班证明您看能不能顶替考勤，一并交上。 | 说明.jpg
s 签好字了 | 三处空白都签了 | 签字.pdf
s 更新版推荐信 | 推荐人换了单位，抬头重新打印，请替换原推荐信。 | 推荐信更新.pdf
s 专家证明 | 申报系统里提示缺同行评议，补两份。 | 同行评议.pdf
s 收据 | 差的租金收据房东给了 | 收据.jpg
s 关于材料瑕疵的整改 | 贵局指出印章模糊、页码缺失，均已整改，重新报送。 | 整改后材料.pdf
w 换城市了 | 跟着男朋友去杭州了，补贴的申请不用管了。 |
w 领导不同意 | 单位领导不同意我报，只好作罢，前面发的请当作没有。 |
w 关于我的那份 | 我的那份认定，别往上报了，证书有争议，等弄清楚再说。 |
w 家属来信 | 我父亲因病去世，他的拔尖人才申报请停止，材料请退还家属。 |
w 不要公寓了 | 安置房下来了，公寓申请帮我销掉。 |
w 致歉 | 占用您时间了，经考虑退出产业教授选聘。 |
w 单方终止 | 企业拖欠报酬，本人终止科技副总任职，相关申报请一并撤销。 |
w 补贴的事不办了 | 材料太难凑，不办了，谢谢老师。 |
w 转到外省 | 公司把我派到外省分公司，安庆的人才认定申请请注销。 |
w 停止公示 | 请不要公示我的名字，我放弃这次评选。 |
o 求推荐专家 | 我们村想种瓜蒌，贵局能不能推荐个农技专家来指导？ |
o 外地企业问询 | 我们打算迁到贵市，人才方面有哪些优惠，能否约个时间面谈？ |
o 媳妇工作 | 我被引进来了，爱人的工作能帮忙安排吗？ |
o 办事指南太长 | 指南看了三遍没看懂，到底要几份材料？ |
o 网上报还是发邮件 | 是网上申报还是邮件申报，有人说都要？ |
o 电话变更 | 我号码换成189开头的了，补贴短信请发新号。 |
o 工会问候 | 冬至将至，祝人才局各位同仁安康。 |
o 请教 | 集体户口能不能申请购房补贴？ |
o 你们周六上班吗 | 平时请不了假，周六能办吗？ |
o 已收到 | 通知收到，会按时参会。 |
o 好的 | 明白了，我下周把原件送来。 |
o 老师辛苦 | 上次的事谢谢您，祝工作顺利。 |
o 给局长的一封信 | 作为返乡青年，我想谈谈对家乡人才环境的几点感受和建议。 | 信.docx
o 学会换届 | 市化学会换届，请贵局作为指导单位派员出席。 | 换届通知.pdf
o 图书捐赠 | 我想给人才书房捐三百本书，怎么联系？ |
o 招聘会现场照片 | 周末招聘会照片和数据小结，供宣传用。 | 照片.zip 小结.docx
o 大学就业办 | 请确认贵局来校宣讲的时间和人数，教室已预留。 |
o 班车调整 | 园区通勤班车12月起调整时刻，请转告人才公寓住户。 | 时刻表.jpg
o 燃气安检 | 公寓8号楼周三入户安检，请留人。 |
o 宽带报装 | 驿站宽带安装师傅明天上午到，请安排人开门。 |
o 云主机欠费提醒 | 您的云资源余额不足，请财务及时充值，避免停机。 |
o 保险理赔资料 | 公车剐蹭理赔还差驾驶证复印件，请发我。 |
o 会费发票 | 协会会费电子票据已开，请下载入账。 | 票据.pdf
o 财务：差旅票据退回 | 你科上周的报销单缺公务卡小票，退回补齐。 |
o 工资条 | 11月工资条见附件，个人留存。 | 工资条.pdf
o 考勤异常 | 你本月有两次未打卡，请在系统补签。 |
o 年休假统计 | 请各科统计未休天数，周五前报人事。 | 年休假统计表.xlsx
o 新系统培训 | 软件公司周二来讲新版受理系统，请窗口同志参加。 |
o 接口报错日志 | 凌晨比对任务失败，日志见附件，已重跑。 | error.txt
o 测试数据 | 联调用的20条测试数据发您，都是假的。 | 测试数据.xlsx
o 判决书送达 | 贵局与某公司租赁纠纷一案判决书，请签收。 | 判决书.pdf
o 仲裁委来函 | 请提供申请人在贵局办理认定时提交的劳动合同复印件。 | 函.pdf
o 统战部 | 请推荐党外代表人士两名参加考察，名单本周报。 | 推荐通知.pdf
o 团市委 | 青年人才联谊活动请贵局组织单身人才报名。 | 活动方案.docx
o 街道 | 辖区人才服务站揭牌，请贵局授牌并派人参加。 |
o 审计厅 | 请提供近三年人才资金分配文件，名单附后。 | 调阅清单.pdf
o 科协 | 院士专家行座谈会需要贵局协助邀请企业，名单请反馈。 | 座谈会方案.docx
o 出国政审 | 贵局报来的因公出访人员材料缺批件，请尽快提供。 |
o 老干部局 | 重阳慰问专家名单请贵局核对在世情况。 | 名单.xlsx
o 学生记者 | 校报想采访一位科技副总，能帮忙联系吗？ |
o 论坛嘉宾接送 | 三位嘉宾的航班信息如下，请安排接机。 | 航班.docx
o 评审会改期 | 因专家时间冲突，评审会改到12月11日。 |
o 名单错别字 | 文件里第6人的“璟”字错了，印发前请改。 |
o Hotel booking | Two rooms are reserved for your guests from 3 to 5 December, breakfast included. |
o Payment received | We received your transfer for the conference room, the receipt is attached. | receipt.pdf
o Password changed | The password of your meeting account was changed. If this was you, nothing needs to be done. |
o Publication proofs | Please check the proofs of your article and return corrections in three days. | proofs.pdf
o Question about tax | Is the living allowance taxable for foreigners? |
o Where is your office | I want to come in person, could you tell me the address and opening hours? |
o Recommendation | Can you recommend a company in Anqing that needs a polymer chemist? I would love to work there. |
o Delayed arrival | My flight is delayed, I will miss the opening dinner. |
o Feedback | The service at the window was excellent, thank you. |
p 乡村振兴讲师团 | 师资库500人，可线上线下授课，课酬面议，欢迎各局办预订。 |
p 办公楼光伏 | 屋顶光伏零投资，省电费三成，业务经理小何。 |
p 食堂净菜 | 净菜配送，省人工，首单九折，扫码看菜单。 |
p 会议速记 | 速记、直播、摄像一站式，千元起，档期紧张。 |
p 法务外包 | 合同审查99元一份，年卡2999不限次。 |
p 员工宿舍家具 | 铁床衣柜工厂价，五十套起送货安装。 |
p 知网会员共享 | 知网万方账号，年费168，包更新。 |
p 代发论文挂名 | 一作二作有名额，医学护理教育方向，急需联系。 |
p 公司账户解限 | 银行账户被限制？我们有办法，先办后付。 |
p 年底冲业绩 | 大额存单利率上浮，另送油送米，客户经理小郑。 |
p 二手车 | 公务员一手车源，车况好，价格低，微信看车。 |
p 家教中介 | 985学霸一对一，首课免费，分期付款。 |
p 民宿转让 | 天柱山脚下民宿整体转让，接手盈利。 |
p 茅台内部价 | 飞天内部配额，两箱起，非诚勿扰。 |
p 兼职打字 | 在家录入，千字30，日结，押金退。 |
p 人才认定加急 | 内部渠道，D类五天出证，先付三成。 |
p 通知：领取留学回国补贴 | 凡留学回国人员可领2万元，点击链接填写护照与银行卡信息。 |
p 关于核发取暖补贴的通知 | 请全体干部职工于今日18时前扫描附件二维码完成信息登记。 | 取暖补贴.pdf
p IT部：VPN升级 | 请点击链接登录旧密码完成迁移，未迁移者明日无法办公。 |
p 银行卡风险 | 您的工资卡被判定异常，请回电400并提供验证码解除。 |
p 局长找你 | 小周，把这份名单发我QQ，另外准备一笔款，先别声张。 |
p 供应商账号变更函 | 原账户冻结，请将设备款打入新户，附变更函。 | 变更函.pdf
p Wire transfer | Are you at your desk? I need you to process a wire today, keep it confidential. |
p Storage full | Your mailbox storage is full, upgrade now to keep receiving mail. |
p Proforma invoice | Kindly see the attached proforma and arrange deposit. | proforma.zip
p Textile supplier | We are a textile mill and offer uniforms at low MOQ, please reply for samples. |
p Web hosting | Your domain expires, renew with us at a special rate. |
p Write for you | Our writers prepare grant proposals and papers, money back guarantee. |
"""
