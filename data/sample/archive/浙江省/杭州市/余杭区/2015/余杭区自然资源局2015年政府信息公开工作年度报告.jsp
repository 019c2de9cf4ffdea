<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Word 15">
<title>余杭区自然资源局2015年度政府信息公开工作年度报告</title>
<!--[if gte mso 9]><xml>
 <w:WordDocument>
  <w:Zoom>100</w:Zoom>
 </w:WordDocument>
</xml><![endif]-->
<style>
<!--
 p.MsoNormal {mso-style-parent:""; margin:0cm; font-size:10.5pt;}
-->
</style>
</head>
<body lang=ZH-CN style='tab-interval:21.0pt'>
<div class=WordSection1 style='layout-grid:15.6pt'>
<div>首页 > 政务公开 > 政府信息公开年报 > 余杭区</div>
<div>索 引 号: 11096390/2016-09221<br>
发文机关: 余杭区自然资源局<br>
成文日期: 2016-01-23<br>
有效性: 有效</div>
<p class=MsoNormal align=center><span
style='font-size:22.0pt;font-family:方正小标宋简体;
mso-hansi-font-family:Calibri'>余杭区自然资源局201<o:p></o:p></span><span
style='font-size:22.0pt;font-family:方正小标宋简体;
mso-hansi-font-family:Calibri'>5年度政府信息公开工作年度报告<o:p></o:p></span></p>
<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>根据条例的规定和<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>上级通知的要求,余杭区自然资源局编写了《余杭区自然资源局2015年政府信息公开工作年度报告》。如有疑问,请与余杭区自然资源局联系,电话:0705-8895117。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>一、概述<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>2015年<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>,我单位把公开工作同日常业务放在一起安排,由办公室牵头,各科室各指定一名联络员。本级查阅点设在一楼大厅,备有电脑两台,供群众自行检索。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>政策文件出台<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>后三天内配上问答或图表,用平常的话说明白。做出行政处罚决定37件,已按程序录入公示平台。本级查阅点设在一楼大厅,备有电脑两台,供群众自行检索。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>二、主动公开政府信息<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>的情况<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>办理行政许可事<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>项424件,结果均在七个工作日内上网。部门预算、决算按规定的时间和格式放在统一平台,便于查找比较。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>三、依申请公开政府信息<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>和不予公开政府信息的情况<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>收到的申请都由专人登<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>记,答复前请法律顾问看过一遍。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>四、政府信<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>息公开的收费及减免情况<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>做出行政<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>处罚决定10件,已按程序录入公示平台。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>信息上网<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>前由起草人、科室负责人和分管负责人依次审看,留有记录。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>五、因政府信息公<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>开申请行政复议、提起行政诉讼的情况<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>2015年,我单<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>位把公开工作同日常业务放在一起安排,由办公室牵头,各科室各指定一名联络员。微信公众号推送图文1919篇,累计阅读842次。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>全年在门户网<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>站更新信息1525条,其中工作动态38条,通知公告13条。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>六、政府信息公<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>开工作存在的主要问题及改进情况<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>2015年,我单<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>位把公开工作同日常业务放在一起安排,由办公室牵头,各科室各指定一名联络员。全年在门户网站更新信息528条,其中工作动态266条,通知公告16条。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>与上一年相比,<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>公开的数量增加30个百分点,群众来信减少。年内没有因公开工作受到通报。收到的申请都由专人登记,答复前请法律顾问看过一遍。办理行政许可事项107件,结果均在七个工作日内上网。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>七、其他需要报告的事项<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>微信公众号<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>推送图文460篇,累计阅读194次。与上一年相比,公开的数量增加2个百分点,群众来信减少。本级查阅点设在一楼大厅,备有电脑两台,供群众自行检索。部门预算、决算按规定的时间和格式放在统一平台,便于查找比较。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>政策文件出<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>台后三天内配上问答或图表,用平常的话说明白。今后将按月查看更新情况,把容易迟交的事项列成清单。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>政府信息公开情况统计表<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>(2015年度)<br>
填报单位(盖章):余杭区自然资源局<o:p></o:p></span></p>

<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0
 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>指标名称<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>计量单位<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>统计数<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:1;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>一、主动公开情<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>况<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:2;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(一)主<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>动公开政府信息数(不同渠道和方式公开相同信息计1条)<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>条<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:3;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>其中:主动公开规范性<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>文件数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>条<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:4;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>制发规范<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>性文件总数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:5;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(二)通过不<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>同渠道和方式公开政府信息的情况<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>---<o:p></o:p></span><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>-<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:6;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>1.政府公报公<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>开政府信息数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>条<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>8<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:7;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2.政府网站<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>公开政府信息数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>条<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:8;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3.政务微博<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>公开政府信息数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>条<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>6<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:9;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4.政<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>务微信公开政府信息数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>条<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:10;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>5.其他<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>方式公开政府信息数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>条<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:11;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>二、回应解读情<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>况<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:12;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(一)回<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>应公众关注热点或重大舆情数(不同方式回应同一热点或舆情计1次)<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>次<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>7<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:13;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(二)通过<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>不同渠道和方式回应解读的情况<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:14;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>1.参加或举办新<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>闻发布会总次数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>次<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>5<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:15;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>其中:主要<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>负责同志参加新闻发布会次数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>次<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:16;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2.政府网站在线访谈<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>次数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>次<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:17;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>其中:<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>主要负责同志参加政府网站在线访谈次数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>次<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:18;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3.政策<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>解读稿件发布数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>篇<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>8<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:19;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4.微博微信回<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>应事件数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>次<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:20;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>5.其他方式回<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>应事件数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>次<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>5<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:21;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>三、依申<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>请公开情况<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:22;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(一)收到申请<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>32<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:23;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>1.当面申请数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>9<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:24;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2.传真申请数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>7<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:25;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3.网络申请<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>8<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:26;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4.信函申请数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>8<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:27;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(二)申请<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>办结数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>14<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:28;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>1.按时办结数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>8<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:29;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2.延期办结数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>6<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:30;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(三)申请答复数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>48<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:31;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>1.属于已主动公开<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>范围数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:32;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2.同意公开答复数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>5<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:33;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3.同意部分公开答复数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>9<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:34;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4.不同意公<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>开答复数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>19<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:35;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>其中:涉及国家秘<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>密<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:36;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>涉及商<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>业秘密<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:37;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>涉及个人隐<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>私<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:38;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>危及国家安全、公共<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>安全、经济安全和社会稳定<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>6<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:39;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>不是《条例》所指<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>政府信息<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:40;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>法律法规规定<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>的其他情形<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:41;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>5.不属于本<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>行政机关公开数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:42;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>6.申请信息不存在数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:43;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>7.告知作出更<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>改补充数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:44;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>8.告知通过其他<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>途径办理数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:45;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>四、行政复议数量<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>12<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:46;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(一)维持具体行政行为<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>7<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:47;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(二)<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>被依法纠错数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:48;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(三)其他情形数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:49;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>五、行政诉讼数量<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>14<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:50;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(一)维<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>持具体行政行为或者驳回原告诉讼请求数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>5<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:51;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(二)被依法纠错数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>8<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:52;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(三)其他情形数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:53;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>六、举报投诉数量<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>5<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:54;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>七、依申请公开信息收<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>取的费用<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>万元<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:55;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>八、机构建设<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>和保障经费情况<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:56;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(一)政府信息公<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>开工作专门机构数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>个<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>6<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:57;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(二)设置政府信<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>息公开查阅点数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>个<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>9<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:58;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(三)从事政府信息<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>公开工作人员数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>人<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>4<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:59;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>1.专职人员数(不包括<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>政府公报及政府网站工作人员数)<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>人<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:60;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2.兼职人员数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>人<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>3<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:61;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(四)政府信<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>息公开专项经费(不包括用于政府公报编辑管理及政府网站建设维护等方面的经费)<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>万元<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>6<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:62;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>九、政府信息公<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>开会议和培训情况<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>----<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:63;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(一)召开<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>政府信息公开工作会议或专题会议数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>次<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>9<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:64;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(二)举办<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>各类培训班数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>次<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>2<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:65;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>(三)接受培训人员<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>数<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>人次<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋体;
mso-hansi-font-family:Calibri'>9<o:p></o:p></span></p>
  </td>
</tr>
 <![if !supportMisalignedColumns]>
 <tr height=0>
  <td width=62 style='border:none'></td><td width=62 style='border:none'></td><td width=62 style='border:none'></td>
 </tr>
 <![endif]>
</table>
<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>余杭区<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>自然资源局<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>2016年1月2<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>3日<o:p></o:p></span></p>

</div>
</body>
</html>
