"""Letters in English, in two languages, and from people whose Chinese is new.

A line: o other business, n application, s supplement, w withdrawal, p offer or fraud; subject | words | files.
"""

# ruff: noqa: E501 - a letter's line is as long as it is

LINES = """
n Application for category C talent | Dear Sir or Madam, I have been working full time at Anqing Petrochemical since May 2026. Please find my application form, passport and degree certificate attached. | application_form.pdf passport.pdf degree.pdf
n Housing subsidy | Hello, HR told me to send this to you. Filled in and stamped. Thanks! | housing_subsidy_form.pdf
n Foreign expert recognition - Dr. Petrov | On behalf of Dr. Petrov we submit the documents for recognition as a foreign high-end expert. The company seal is on page 4. | Petrov_form.pdf Petrov_contract.pdf
n 申请外籍人才补贴 Application | 您好, I am a French teacher at the Normal University. 我的中文不好, 表格是同事帮我填的. Please check. | 外籍人才申请表.pdf passport.jpg
n Settling-in allowance | I graduated from Leeds in 2025 and returned to Anqing in March. I would like to apply for the allowance for returned overseas graduates. | form.docx degree_verification.pdf
n Nomination of our chief engineer | Please consider our chief engineer for the outstanding talent award. Nomination form and list of patents enclosed. | nomination.pdf patents.pdf
n Rental allowance (second year) | Same flat, same employer. Form for the second year attached. | rental_form_2026.pdf lease.pdf
n Postdoc talent plan | I am submitting my proposal for the young talent programme before the deadline. Kindly confirm receipt. | proposal.pdf CV.pdf form.pdf
n 海归博士申报 | Dear 王科长, 我刚从NUS毕业回国, attached是申报书和学位认证, 请查收, thanks. | 申报书.pdf 学位认证.pdf
n Application of Mrs Rossi | She asked me, her assistant, to send the form for the industry mentor position. | mentor_form.pdf
n talent apartment | hi i want apply talent apartment, i work in hospital, here my paper | form.jpg contract.jpg
s Re: missing document | Sorry for the delay, here is the tax record you asked for. | tax.pdf
s Signed page | I signed page 5 now. Please replace the old one. | page5.pdf
s Passport renewed | My passport number changed after I applied. New passport attached for my file. | new_passport.jpg
s additional certificate | You said the diploma must be translated. The notarised translation is attached. | translation.pdf
s Re: Correction notice | Please see the corrected form, the birth date was wrong before. | form_corrected.pdf
s 补材料 supplement | 老师, 你要的 marriage certificate 在附件, sorry 昨天忘了 | marriage.jpg
s forgot | I forgot the bank card copy in my last mail. | card.jpg
s Second part of my documents | The first mail was too big, this is the rest. | part2.zip
s update my employment letter | The letter in my application had an old date, this is the new one issued yesterday. | employment_letter.pdf
w Withdrawal | I accepted a position in Singapore, please withdraw my application. |
w My file | Kindly stop the procedure, I am no longer eligible since I left the company. |
w cancel apartment | i move to shanghai next week, no need apartment now, cancel please |
w Re: Receipt | Thank you, but my university already pays for housing, so I would like to drop the request. |
w 撤回 my application | 因为 visa 问题 I have to leave China, 请取消我的申请。 |
w not continuing | After talking to my family I decided not to go on with the application. Sorry for the trouble. |
o Question | Can a foreigner without permanent residence apply for the housing subsidy? |
o Status? | I applied six weeks ago and heard nothing. Is there any news? |
o Could you send me the form | The link on the web page is broken. Could you mail me the English version of the form? |
o If I withdraw | If I withdraw now, may I apply again next year? |
o Family visa | Who can help with a visa invitation for my parents? |
o Delegation from Osaka | Our prefecture plans to visit Anqing in April and would appreciate a meeting with your bureau. |
o Invitation to the Yangtze Forum | We are pleased to invite your director as a speaker. Travel costs are covered by the organiser. | invitation.pdf
o Reference for Mr Li | Mr Li stated that he received your city's talent award in 2023. Could you confirm this? |
o Memorandum of understanding | Attached is the revised draft with our legal department's comments in red. | MoU_v3.docx
o Minutes | Please find the minutes of yesterday's call and correct me if I forgot something. | minutes.docx
o Invoice for interpretation | As agreed, here is the invoice for the interpreting services at the talent week. | invoice.pdf
o Speaker slides | My slides for Thursday, please check that the fonts work. | slides.pdf
o Internship at your bureau | I study public policy and look for an internship next summer. CV attached. | CV.pdf
o Interview request | I am a journalist writing about returnees and would like to talk to one of your officers. |
o Flight details | I arrive on December 4 with MU5480, thank you for arranging the pickup. |
o Thank you | The subsidy arrived today. Many thanks to all of you. |
o Change of address | I moved, please send letters to the new address below from now on. |
o Wrong attachment | Please ignore my previous email, it was meant for another office. |
o Server maintenance | The evaluation platform will be down on Saturday from 22:00 to 02:00. |
o Survey of twin cities | Our sister-city office kindly asks you to fill in the attached questionnaire by Friday. | questionnaire.docx
o Complaint | The apartment I was given has no heating and nobody answers the phone. |
o Objection to the published list | Number 12 on the list did not graduate from the university stated. Please verify. |
p Best price LED screens | We are a leading manufacturer of LED display in Shenzhen, factory price, 3 years warranty. | catalogue.pdf
p Cooperation | Dear manager, we supply industrial valves to 30 countries. May I send you our price list? |
p SEO offer | I found your website and noticed it does not rank on Google. We can bring you to page one for $199. |
p Guest post | We can publish your article on high DA sites, packages from 50 USD. |
p Publish your paper with us | Rapid publication in 10 days, Scopus indexed, APC only 300 USD. Submit now. |
p Invitation to submit | Dear Professor, the International Journal of Advanced Everything invites you to join the editorial board. Fee waiver 50% until Friday. |
p Conference in Bangkok | Join 500 scholars, early bird registration 399 USD, EI and Scopus proceedings. |
p Honorary doctorate | Receive an honorary doctorate from our university, no exam, 14 days, payment after approval. |
p Payment advice | Your payment of 24,800 USD is on hold. Log in with your email account to release it. |
p Mailbox notice | You have 5 undelivered messages. Click here to keep your current password. |
p DocuSign: salary adjustment | Please review and sign the HR document. View document: http://d.example |
p Dear beneficiary | The sum of USD 4.6 million has been approved in your name, send your bank details. |
p Loan offer | Do you need a loan at 2% interest? Apply today, no collateral. |
p I recorded you | I have access to your device. Send 900 USD in bitcoin within 48 hours. |
p Work visa agency | We process work visas for Canada and Europe, 100% guarantee, pay after visa. |
p Virtual assistant | We offer data entry and virtual assistants from 5 USD per hour. Free trial. |
p Container shipping rates | Best freight rate from Shanghai to Rotterdam this week, please contact Jenny. |
p New catalogue 2027 | Pls find our new catalogue for lab glassware, OEM welcome, MOQ 100 pcs. | catalogue2027.pdf
p Translation services | Certified translation into 40 languages, 20% discount for new customers. |
p App development | We are an Indian software company with 200 developers, let us know your requirement and we send a quote. |
p 外教派遣 foreign teachers | 我们提供欧美外教, native speakers, 价格优惠, 包签证, 欢迎合作. |
"""
