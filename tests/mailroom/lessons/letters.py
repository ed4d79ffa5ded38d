"""Longer letters with greeting, courtesies and signature, and more short ones: both sides of each border again.

A line: o other business, n application, s supplement, w withdrawal, p offer or fraud; subject | words | files.
"""

# ruff: noqa: E501 - a letter's line is as long as it is

LINES = """
n 高层次人才认定申请—孙立群 | 尊敬的人才局领导：您好！我叫孙立群，2025年毕业于中国科学技术大学，现就职于安庆某新材料公司，从事树脂研发。根据贵市公布的认定办法，我认为自己符合D类条件，现将申请表、学位证、劳动合同和近半年社保缴费记录一并发送，请予审核。如有不清楚之处请随时联系我。此致敬礼！ | 申请表.pdf 学位证.pdf 劳动合同.pdf 社保.pdf
n 关于申报2026年度科技副总的函 | 市委人才工作局：我公司主营汽车密封件，急需橡胶配方方面的专家支持。经与青岛科技大学接洽，拟聘请该校副教授一名担任我公司科技副总，聘期两年，双方已签订协议。现按要求报送申报书、协议书和专家简历，妥否请批示。联系人：办公室小方。 | 申报书.pdf 协议书.pdf 专家简历.pdf
n 租房补贴 | 老师您好，不好意思打扰了。我是今年七月入职安庆石化的应届硕士，听同事说可以领租房补贴，就在网上下载了表格填好了，公司人事也盖了章。我把租房合同和身份证也放在附件里了，麻烦您帮忙看一下，辛苦了！ | 租房补贴申请表.pdf 租房合同.pdf 身份证.jpg
n Application for the returned scholar allowance | Dear colleagues of the talent bureau, my name is Chen Yu. I finished my PhD at TU Delft last year and joined the Anqing institute of textile technology in September 2026. According to the notice on your website I am eligible for the allowance for returned scholars. Please find the form, my degree with its authentication, and my labour contract attached. I remain at your disposal for any question. Kind regards | form.pdf degree.pdf contract.pdf
s 补正材料说明 | 尊敬的审核老师：您好！收到贵局11月18日的补正通知后，我公司高度重视，立即联系员工本人重新办理了学历在线验证报告，并请社保中心重新打印了带二维码的参保证明。两份材料见附件，请查收。由此给您工作带来的不便深表歉意。 | 学历验证报告.pdf 参保证明.pdf
s 关于补报业绩证明的说明 | 人才局：前期我院报送的三位同志认定材料中，王医生的手术量统计缺医务科盖章，现已补盖，重新扫描后报上，其余材料不变，敬请替换。 | 手术量统计（盖章）.pdf
s Supplement to my file | Dear officer, thank you for your call this morning. As you explained, the work certificate must show the start date, so I asked our HR department for a new one. It is attached. I hope that my file is complete now. Best wishes | work_certificate_new.pdf
w 关于撤销申报的情况说明 | 市人才局：我单位于10月中旬报送了蒋某同志的购房补贴申请，现因蒋某与单位解除劳动关系，不再符合申领条件，经单位研究，决定撤销该项申请，请贵局终止办理。给贵局工作带来不便，敬请谅解。 |
w 一封抱歉的信 | 老师您好，首先感谢您这段时间对我的耐心指导。我前两天收到了深圳一家公司的录用通知，和家人商量之后决定过去，所以在安庆申请的生活补贴就不继续了，麻烦您帮我把件退掉，真的很不好意思。 |
w Ending my application | Dear team, I am writing to let you know that my contract in Anqing will end this month, so I no longer meet the conditions. Please end the processing of my application and delete my documents. I am grateful for your kind support. |
o 关于协助开展青年人才需求调研的函 | 市人才工作局：为准确掌握全市青年人才发展现状，我校马克思主义学院课题组拟于12月中旬赴贵局及部分企业开展调研，主要形式为座谈和问卷。恳请贵局协助联系五家以上企业，并提供近三年青年人才引进的总体数据。调研提纲附后，联系人刘老师。 | 调研提纲.docx
o 关于商请支持人才公寓消防整改的函 | 贵局：我公司受托管理的人才公寓在消防检查中发现应急照明损坏等问题7项，整改预计费用3.2万元。根据委托管理协议第九条，该费用应由委托方承担，现将整改方案和预算报上，请予核准。 | 整改方案.pdf 预算.xlsx
o 咨询一下 | 您好，我在合肥工作，想明年回安庆。我看到网上说硕士有生活补贴，但没写清楚是不是必须先落户，也没写社保要交几个月。另外如果我爱人也回来，两个人是不是都可以领？麻烦您有空的时候回复我，谢谢。 |
o 对窗口服务的意见 | 我于上周三到窗口提交材料，工作人员让我回去重新打印，我说明了情况仍被拒绝。第二天换了一位工作人员却说不用重打。希望贵局统一口径，不要让群众来回跑。 |
o 通报 | 各科室：根据党组会要求，现将三季度督办事项完成情况通报如下，未完成的请在本月底前完成并书面说明原因。请各科室负责人签收。 | 督办通报.pdf
o 学生就业协议 | 人才局老师您好，我是安庆师大辅导员，我班一名学生签约了贵市企业，企业说需要人才局在协议书上盖鉴证章，请问流程是怎样的，是否可以线上办理？协议书照片附后。 | 协议书.jpg
o 银行来函 | 人才工作局：根据贵局与我行签订的代发协议，现将2026年三季度代发服务报告报送贵局，代发总笔数1186笔，成功率99.4%。失败原因及改进措施见报告，如有异议请于十日内反馈。 | 服务报告.pdf
o Request for cooperation | Dear Director, our university runs a summer school on materials science and would like to offer five free places to young researchers from your city. If you are interested, we would be glad to receive your nominations by the end of January. The programme is attached. | programme.pdf
o Feedback on the draft | Dear colleagues, thank you for sending us the draft of the cooperation agreement. Our legal department has two remarks on articles 4 and 7, marked in the attached file. Could we discuss them in a call next week? | draft_with_remarks.docx
p 邀请函 | 尊敬的领导：您好！为帮助各地组织人事部门准确把握人才新政，本中心特邀国家部委专家，定于12月18日至22日在海口举办“新时代人才工作创新与人才项目申报实务”高级研讨班。参会费用每人3280元，含授课、教材、结业证书，住宿统一安排费用自理。请将报名回执于12月10日前发至会务组，名额有限，先报先得。 | 报名回执.doc
p 服务推介 | 尊敬的人才局负责人：我公司是国内领先的人力资源数字化服务商，自主研发的人才画像平台已在全国四十多个地市落地，可实现政策匹配、智能审核、一键发放。现推出年终特惠活动，签约即赠一年运维，欢迎联系我们预约演示。 | 平台介绍.pdf
p 论文发表服务 | 各位专家学者：本编辑部与多家核心期刊长期合作，可提供选题、撰写、润色、投稿全流程服务，保证录用，发表周期一至三个月，价格公道，先录用后付款。有职称评审需要的老师请添加编辑微信咨询。 |
p 关于开展2026年个人综合补贴申报工作的通知 | 各位同事：根据人力资源和社会保障部、财政部最新文件精神，自即日起开展个人综合补贴申报，请使用手机扫描下方二维码，按页面提示填写姓名、身份证号、银行卡号和短信验证码，完成认证后补贴将于两小时内到账。本通知发出后三日内未申报视为自动放弃。 | 综合补贴申报通知.docx
p Business proposal | Dear Sir, I represent a trading company in Hamburg looking for reliable partners. We offer high quality medical equipment at very competitive prices and can deliver within two weeks. Please let us know your requirements and we will send you our best quotation. Looking forward to doing business with you. | quotation.pdf
p Scholar invitation | Dear Scholar, we came across your excellent research and cordially invite you to contribute a chapter to our forthcoming book. All accepted chapters will be indexed in Scopus. The publication fee is 480 USD, with a discount for early submission. We look forward to your positive reply. |
s | 这是我的户口本 | 户口本.jpg
s 缺项 | 政治面貌那一栏补填了，重新发 | 申报表.pdf
s 回执编号 | 我的件里再放一份无犯罪证明 | 无犯罪证明.pdf
s 更清楚的 | 学位证换了扫描仪扫的 | 学位证.pdf
s 社保补缴完了 | 断的那个月单位补缴了，凭证在附件 | 补缴凭证.pdf
s 企业营业执照 | 上次少了这个 | 营业执照.pdf
s 换新卡 | 原来申请里写的卡冻结了，换成这张，卡面拍给您 | 银行卡.jpg
s 两寸照 | 照片底色按要求换成白色 | 照片.jpg
n 企业申报 | 新认定三人，申报资料见网盘链接，提取码8k2p。 |
n 表 | 麻烦收一下 | 生活补贴表.jpg
n 申领 | 硕士 今年入职 材料在附件 | 材料.pdf
n 推荐人选 | 经公司推荐、公示无异议，现上报。 | 推荐人选材料.zip
n 导师 | 想当产业导师，表填好了 | 报名表.pdf
n 补交申请表？ | 以前只在窗口口头报过名，没交过表，这是第一次交申请表。 | 申请表.pdf
o 通知 | 请查收附件通知并传达。 | 通知.pdf
o 转发 | 转给你们处理。 | 来信.pdf
o 材料 | 明天会上用的材料，请打印20份。 | 会议材料.docx
o 名单 | 参加体检的人定了。 | 体检名单.xlsx
o 请核实 | 请核实此人是否你局工作人员。 | 工作证.jpg
o 回函 | 贵局来函收悉，情况已核实，回函附后。 | 回函.pdf
o 报告 | 三季度运维报告，请存。 | 运维报告.pdf
o 请签收 | 合同原件已寄出，请签收后回复。 |
o 照片授权 | 同意贵局使用我的照片做宣传，授权书签好了。 | 授权书.pdf
o 视频素材 | 企业航拍素材传网盘了，链接和提取码如下。 |
o 表格填好了 | 你们要的企业用工情况调查表填好了。 | 用工调查表.xlsx
o 问卷已填 | 人才满意度问卷我填完了，建议写在最后。 | 问卷.docx
o 信息表 | 专家库信息采集表，请入库。 | 专家信息采集表.docx
o 年检 | 工作站年度考核材料，按要求报送贵局备案。 | 年度考核材料.pdf
o 履职报告 | 我是科技副总，上半年履职情况报告交给贵局存档。 | 履职报告.docx
o 产业导师半年总结 | 按聘任要求提交半年工作总结一份。 | 工作总结.docx
o 结题 | 揭榜项目完成，结题报告和验收申请附后，请组织专家验收。 | 结题报告.pdf
o 经费决算 | 资助经费使用决算表，请审核。 | 经费决算表.xlsx
o 成果 | 受资助项目获省科技进步奖，证书发来报喜。 | 获奖证书.pdf
o 领导批示 | 请按批示意见抓好落实。 | 批示.pdf
o 问问快递 | 我寄的纸质材料你们收到没，单号尾号3307。 |
o 录音 | 昨天会议录音转文字稿。 | 会议记录.docx
o 请假 | 明天的窗口值班和小朱换一下。 |
o 退票 | 高铁票退了，手续费单据附上。 | 退票单.jpg
o 需要发票吗 | 订餐的发票开普票还是专票？ |
p 名片印刷 | 名片一盒8元起，急单两小时取。 |
p 贷款 | 应急用钱找我，身份证就能办 |
p 资料下载 | 2027申论真题资料包免费领，扫码进群 |
p 商务合作 | 我司可为贵局提供公众号托管，月费2999，粉丝保底增长。 |
p 茶叶样品 | 寄了两泡样茶给领导品鉴，满意请下单。 |
p 职业装 | 量身定制，团购六折，免费上门量体。 |
p 法律培训 | 民法典公益讲座后可购课，原价999现价199。 |
p 域名抢注通知 | 有人正在申请与贵单位同名的中文域名，请尽快联系我们保护性注册。 |
p 商标监测 | 贵单位名称被他人申请商标，请三日内联系代理处理。 |
p 企业信用评级 | AAA信用等级证书，招投标加分，5天出证。 |
w | 撤 |
w 补贴 | 不要了，谢谢 |
w 我的申报 | 作废吧 |
w 离职 | 我离开公司了，以公司名义报的人才认定请取消。 |
w 申请终止 | 同意与单位协商一致，终止我的申请。 |
"""
