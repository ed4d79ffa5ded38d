"""Frauds and offers in the dress of an office, warnings against them, and withdrawals without the word.

A line: o other business, n application, s supplement, w withdrawal, p offer or fraud; subject | words | files.
"""

# ruff: noqa: E501 - a letter's line is as long as it is

LINES = """
p 关于2026年人才津贴申领的紧急通知 | 经核查您符合人才津贴领取条件，请于今日内扫描附件二维码填写银行卡及验证码，过期不予补发。 | 津贴通知.docx
p 工资补贴发放 | 财务部现发放四季度交通补贴，请打开附件表格用支付宝扫码登记。 | 补贴登记.xls
p 社保局通知 | 您的社保账户有未领取的稳岗补贴3800元，点击 http://sb.example 领取。 |
p 公积金中心提醒 | 您的公积金账户存在异常，请登录网页核验身份证和卡号，否则冻结。 |
p 税务稽查通知 | 贵单位涉嫌虚开，详情见附件，请在电脑端打开并输入密码。 | 稽查通知.zip
p 财政局对账 | 请财务人员加QQ群进行年终对账，不加视为放弃预算。 |
p 李总让我联系你 | 我是新来的财务助理，李总要看账户余额截图，尽快发我。 |
p 张局 | 我手机没电了，用这个邮箱，帮我给客户转五万，下午补手续。 |
p 在单位吗 | 我是陈书记，有急事，加我微信号 cshj2026 说。 |
p 领导交办 | 把全体职工通讯录发我一份，不要告诉别人。 |
p 货款账户更新 | 因审计原因原账户停用，请把本次货款汇入附件中的新账户，并尽快回传水单。 | 账户通知.pdf
p 银行通知 | 贵单位网银证书即将失效，请点击下载更新控件，输入U盾密码。 |
p 邮箱系统安全升级 | 网络中心检测到您的账号使用弱口令，请立即点此修改，未修改者停用。 |
p 待处理邮件9封 | 因服务器错误有9封邮件未送达，点击接收。 |
p 您的文件已共享 | 同事向您共享了“年终奖发放表”，请用邮箱账号登录查看。 |
p 会议录像 | 昨天会议录像已生成，点链接输入邮箱密码观看。 |
p 语音留言 | 您有一条新的语音消息，请打开附件收听。 | voice.html
p 调查：满意度领红包 | 填问卷领88元红包，需验证手机和银行卡。 |
p 医保电子凭证停用 | 系统升级，您的医保将于今晚停用，请点链接重新激活。 |
p ETC认证过期 | 您的ETC已过期，请点链接更新行驶证和银行卡信息，避免停用。 |
p 快递异常 | 您的快递地址不详无法派送，点击补充地址并支付0.3元。 |
p 交通违章 | 您有一条违章未处理将影响年审，点击查询并缴款。 |
p 法院文书 | 您有一份电子送达文书，请下载压缩包解压查看，密码在正文。 | 文书.zip
p 执行通知 | 因您拖欠贷款，本院将上门执行，如有疑问请联系王法官 17000001111。 |
p 个人征信修复 | 逾期记录可消除，先办后付，成功再收。 |
p 退费通知 | 您购买的课程可退全款，请添加退费专员办理。 |
p 中奖通知 | 您已入围人才答谢抽奖，奖品平板电脑一台，先付邮费。 |
p 人才补贴代领 | 我们帮您代领各地人才补贴，只收两成，不成功不收。 |
p 人才公寓名额转让 | 手里有两个人才公寓名额，可过户，价格面议。 |
p 包入人才库 | 交8000元可进省级专家库，有内部关系。 |
p D类人才包办 | 论文专利社保一条龙，包认定，三个月下证。 |
p 落户指标 | 应届生落户名额，单位真实接收，先签约后付款。 |
p 职称代评 | 工程师4800，高工9800，不用本人到场，下证付款。 |
p 学历认证快速通道 | 留服认证材料不全也能办，保通过。 |
p 社保挂靠补缴 | 断缴补缴都能做，购房落户申请人才补贴都能用。 |
p 博士挂名 | 急寻博士挂名科研平台，年费3万，不坐班。 |
p 专利挂名 | 实用新型第一发明人可署您名，评人才加分，一项1500。 |
p 项目申报书代写 | 科技副总、英才计划申报书代写，前评委把关，包修改。 |
p 申报辅导公开课 | 高层次人才申报攻略直播课，9.9元抢座，赠模板。 |
p 政策申报管家 | 一年会员2999，帮企业匹配全部补贴，错过赔付。 | 会员介绍.pdf
p 人才政策数据平台 | 全国政策实时推送，首月免费，续费6.8折，欢迎试用。 |
p 关于组织参加“人力资源新政解读”研修班的函 | 各人社部门：为提升业务水平，我院定于12月在厦门举办研修班，会务费2680元含资料，汇款账号见附件。 | 研修班函.pdf
p 邀请参评全国人才工作先进集体 | 评选委员会诚邀贵局参评，入围单位缴纳评审服务费5800元。 | 参评函.pdf
p 峰会赞助邀请 | 长三角人才峰会招募联合主办，赞助费5万起，可演讲、可露出LOGO。 | 招商方案.pdf
p 期刊理事单位 | 诚邀贵局成为我刊理事单位，年费3800，每年刊发两篇。 |
p 大型画册入编 | 《辉煌四十年》画册征集，彩页每版8800元，赠书两套。 | 征集函.doc
p 网站等保整改 | 发现贵单位网站存在高危漏洞，我司可低价修复，不修复将被通报。 |
p 网站无障碍改造 | 上级要求年底完成，我们三天交付，价格好商量。 |
p 公务用车保养 | 公务车保养套餐299，上门取送，可对公结算。 |
p 打印耗材 | 硒鼓粉盒批发价，送货上门，月结开票，老板电话同微信。 |
p 复印机出租 | 每月180起，包维修换粉，押一付三，欢迎来电。 |
p 锦旗奖牌 | 锦旗证书奖杯当天出货，满二百包邮，加V看样。 |
p 展厅设计 | 人才馆、党建馆设计施工一体，免费出效果图，案例500+。 |
p 宣传片拍摄 | 4K航拍，政府客户首选，套餐一万八，年底八折。 |
p 无人机培训 | CAAC执照包考，机关团报立减五百。 |
p 餐饮外包 | 承包机关食堂，菜品丰富，可先试餐一周。 |
p 绿植租摆 | 办公室绿植月租8元/盆起，免费养护更换。 |
p 纯净水 | 桶装水买30送10，送饮水机。 |
p 春节慰问品 | 米面油礼盒批发，满50份送货，可开票。 |
p 养生讲座 | 免费到单位讲养生，现场有优惠产品。 |
p 相亲会 | 高端单身联谊，会员费1980，保证匹配。 |
p 保险规划 | 单位团险续保更划算，回复领取报价。 |
p 私募产品 | 固收类10万起，年化7.5%，限额发售。 |
p 基金推荐 | 内部消息，跟单即可，日收益3%。 |
p 债务清收 | 专业要账，不成功不收费，全国可办。 |
p 海外工签 | 爱尔兰厨师工签，月薪两万，包机票，先付定金。 |
p 投资移民 | 希腊购房移民最后窗口，25万欧，一人办理三代移民。 |
p Re: Purchase order | Please confirm the attached order and send your bank info. | PO_8831.zip
p Overdue invoice | Your invoice is overdue. Open the attachment to avoid service interruption. | invoice.html
p Voicemail | You received a voice message, sign in to listen. |
p Account verification | We detected unusual activity. Verify your mailbox within 24 hours or it will be closed. |
p Your parcel is waiting | Pay the 1.99 EUR customs fee to release your parcel. |
p Compensation fund | The UN compensation board has approved USD 1.5M for you, contact our agent. |
p Hello dear | I am a widow with cancer and want to donate my inheritance to charity through you. |
p Patent services | We file PCT patents at half the usual price, free quote today. |
p Editorial board invitation | Your expertise is impressive. Join our editorial board and publish with 60% discount. |
p Call for papers | 9th Int. Conf. on Smart Materials, Scopus indexed, early bird 350 EUR. |
p Lab equipment | We sell centrifuges and freezers, best price, ship worldwide. See catalogue. | catalogue.pdf
p Recruitment agency | We can supply foreign teachers and engineers, success fee only, let me know if interested. |
p LED streetlights | Factory direct LED streetlights, CE certified, samples free. |
p Mobile app offer | We build iOS and Android apps from $1500, portfolio on request. |
p Backlinks | Get 500 quality backlinks for $49, limited time. |
p Business loan | Fast business funding up to 5M at 3%, apply with passport copy only. |
p Increase followers | Grow your WeChat and TikTok followers, cheap packages. |
p Hotel deals | Group rates for conferences, 30% off until Sunday. |
p Degree online | Get your MBA in 6 months, accredited, pay in instalments. |
o 谨防“补贴申领”钓鱼邮件 | 网信办提醒：凡要求扫码填银行卡领取补贴的均为诈骗，请转发本单位职工。 | 提醒.pdf
o 冒充领导诈骗预警 | 近日有人冒充我局领导加微信要求转账，请财务人员务必当面核实。 |
o 演练邮件说明 | 昨天那封“年终奖领取”是钓鱼演练，点击的同志请参加培训。 |
o 这封是诈骗吗 | 收到“工资补贴”邮件让扫二维码，是你们发的吗？ | 邮件截图.png
o 举报代办中介 | 网上有人卖“人才包认定”服务，自称认识评委，链接和截图附上。 | 截图.png
o 反映有人倒卖公寓 | 有人在群里转让人才公寓名额，请你们查一查。 |
o 密码重置完成 | 您申请的OA密码已由管理员重置，首次登录请自行修改。 |
o 邮箱扩容已完成 | 您单位申请的邮箱扩容工单已处理，无需操作。 |
o 网银证书更换预约 | 您已预约12月8日到网点更换证书，请带U盾和介绍信。 |
o 补贴到账通知 | 银行通知：本批生活补贴已于今日9时批量入账，失败清单附后。 | 失败清单.xlsx
o 稳岗返还公示 | 人社局：稳岗返还拟发放企业名单公示五天，请转知企业。 | 名单.pdf
o 举办专题培训的通知（省厅） | 省厅定于12月在合肥举办人才统计培训，免收培训费，食宿统一安排，每市2人。 | 通知.pdf
o 专家聘书及讲课费 | 您12月3日授课的讲课费已按标准发放，税后2400元，请查收。 |
o 展位费已免 | 贵局参加双选会免收展位费，请按时布展。 |
o 订阅确认 | 2027年党报党刊征订任务已分配，请各支部上报份数。 | 征订表.xlsx
o 律所年度顾问报告 | 作为贵局法律顾问，现提交本年度服务报告。 | 年度报告.pdf
o 供应商入围结果 | 印刷定点采购入围供应商名单公布，请按目录下单。 | 入围名单.pdf
o 印刷费结算 | 政策汇编500册已交付，印刷费9600元，发票附上，请安排付款。 | 发票.pdf
o 物业满意度调查 | 尊敬的业主单位，请对本季度服务打分，便于改进。 | 满意度表.docx
o 猎头服务合同终止 | 寻访合同到期不再续签，往来资料请归档。 |
o 宣传片审看 | 贵局委托拍摄的片子粗剪完成，请提意见。 |
w 不必再审 | 我下月调回老家，前面交的补贴材料不必再审了。 |
w 关于停止申报的请求 | 因公司股权变更，原申报事项请停止办理，已交材料作废。 |
w 申请退出 | 家中有事无法到岗，产业导师一职我退出，请另选他人。 |
w 我不评了 | 今年业绩一般，和单位商量后不评了，材料退我就行。 |
w 麻烦停一下 | 我的租房补贴麻烦停掉，房子不租了。 |
w 辞谢 | 承组织厚爱，本人自觉条件尚浅，谨此辞谢，恳请勿再列入人选。 |
w 名额让出 | 单位内部协商后由小丁参评，我的那份请撤下来。 |
w 重复了 | 人事已经替我交过一份，我自己交的这份请作废。 |
w 考虑再三 | 考虑再三，还是决定不申请购房补贴了，怕限售。 |
w 已享受省级政策 | 我已拿了省里的安家费，按规定不能重复，市里的申请请终止。 |
w 企业倒闭 | 公司已进入清算，之前提交的引才奖补申请不再继续。 |
w 公司说明 | 经研究，我公司收回推荐意见，不再推荐高某参评，盖章说明附后。 | 情况说明.pdf
w 高校来函 | 因该教师赴国外访学，我校决定终止其科技副总派驻并撤销申报。 | 校函.pdf
w 公寓申请取消 | 买到房子了，公寓轮候请取消。 |
w 不参加答辩也不评了 | 答辩我不去了，评选也退出，谢谢。 |
w Re: 受理通知 | 谢谢受理，但我刚决定去读博，这个就不办了。 |
w 算了吧 | 流程太长等不及，算了，不申请了。 |
w 个人声明 | 本人声明放弃E类人才认定，已提交的材料请销毁。 | 声明.jpg
w 材料退回本人 | 不想报了，请把材料退回本人。 |
w 终止技术需求 | 设备改型，原发布的技术难题已无意义，请予撤榜。 |
w Drop my application | I have found another job in Hefei. Please drop my application for the rental subsidy. |
w No longer interested | Our company no longer wants to host a science deputy this year, please take our request off the list. |
w Please close my case | I got the provincial grant, so I give up the city one. |
w Stopping the process | For personal reasons I have to stop my application. Thank you for your help so far. |
w Re: Your application | Please do not process it any further, I moved back to Germany. |
w I quit | i quit the mentor selection, sorry, no time |
o 撤销处分决定 | 关于撤销某同志处分的决定已送达，请存入档案。 | 决定.pdf
o 终止采购公告 | 因废标，本项目采购活动终止，请知悉。 |
o 退出班子后的待遇 | 请明确退出领导岗位人员的人才津贴是否继续发放。 |
o 放弃休假 | 年底事多，我放弃本年度剩余休假，特此说明。 |
o 取消订餐 | 明天会议餐减少五份，取消晚餐。 |
o 撤下推文 | 推文中企业名称有误，请先撤下来改好再发。 |
o 能不能先停一停 | 如果我先不办，过两个月再继续，需要重新交材料吗？ |
o 想撤又怕 | 听说撤回会影响诚信记录，是真的吗？ |
o 不小心撤销了 | 手机上误触撤销，请恢复，我没有放弃的意思。 |
o 单位替我撤的 | 公司没经我同意给你们发了撤回函，我不认可，请继续审。 |
o Can I pause | Can I pause my application for two months and continue later? |
o I did not withdraw | The system says withdrawn, but I never asked for that. Please keep processing my file. |
o Cancel the meeting | I have to cancel our meeting on Friday, could we move it to Monday? |
o Please do not cancel | I missed the deadline because of illness, please do not cancel my application. |
o Slides | Here are the slides for the talk next week. | slides.pptx
o Draft agreement | Please find our comments on the draft agreement. | agreement_comments.docx
o Invoice | Attached is the invoice for the translation you ordered. | invoice.pdf
o CV for internship | I am looking for an internship in your office, my CV is attached. | CV.pdf
o Photos of the visit | Some pictures of our delegation's visit, with thanks. | photos.zip
o Certificate misprint | My name is misspelled on the certificate you gave me, see photo. Can it be reprinted? | certificate.jpg
o Meeting agenda | The agenda for our video call on Tuesday is attached. | agenda.pdf
o Signed MoU | The signed memorandum is attached for your records. | MoU_signed.pdf
o Wrong recipient | Sorry, the last message was not for you, please delete it. |
o Out of paper | The printer in the foreign experts' lounge is out of paper again. |
n Nomination | We nominate Dr Zhao for the outstanding engineer award, nomination form attached. | nomination_form.pdf
n Application | | application.pdf
n My application | Dear office, please find all documents attached. | documents.zip
n Apply for allowance | I am a new lecturer and would like to receive the living allowance. | allowance_form.pdf contract.pdf
n Science deputy | Our company and Professor Kim agreed on a one-year assignment; the signed application is enclosed. | application_signed.pdf
s Bank details page | The page with my account number was blank, now it is filled in. | page2.pdf
s As you asked | Here is the police clearance you asked for. | clearance.pdf
s Replacement | Please use this contract instead of the one I sent last week, it has the stamp. | contract_stamped.pdf
s Missing signature | Signed now, see attachment. | signed_form.pdf
"""
