<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Word 15">
<title>藍田縣農業農村侷2025年政府信息公開工作年度報告</title>
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
<div>首頁 > 政務公開 > 政府信息公開年報 > 藍田縣</div>
<p class=MsoNormal align=center><span
style='font-size:22.0pt;font-family:方正小標宋簡體;
mso-hansi-font-family:Calibri'>藍田縣農業農村侷<br>
2025年政府信息公開工作年度報告<o:p></o:p></span></p>
<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>根据條例的規定和<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>上級通知的要求,藍田縣農業農村侷編寫了《藍田縣農業農村侷2025年政府信息公開工作年度報告》。報告所列數据的統計期限自2025年1月1日起至2025年12月31日止。如有疑問,請與藍田縣農業農村侷聯系,電話:0975-6658376。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>一、總體情況<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>做出行政<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>處罰決定5件,已按程序彔入公示平台。全年在門戶網站更新信息1073條,其中工作動態312條,通知公告15條。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>二、主動公開政府信<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>息情況<o:p></o:p></span></p>

<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0
 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;height:19.85pt'>
  <td width=77 colspan=4
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>第二十條 第(一<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>)項<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:1;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>信息內容<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>本年制發<br>件數<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>本年廢止<br>件數<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>現行有效<br>件數<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:2;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>規章<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>4<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>105<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>240<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:3;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>規范性文件<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>110<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>80<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>123<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:4;height:19.85pt'>
  <td width=77 colspan=4
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>第二十條<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'> 第(五)項<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:5;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>信息內容<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>本年處<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>理決定數量<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:6;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>行政許<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>可<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:7;height:19.85pt'>
  <td width=77 colspan=4
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>第二十條 <o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>第(六)項<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:8;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>信息內容<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>本年處<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>理決定數量<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:9;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>行政處罰<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>11<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:10;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>行政強制<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:11;height:19.85pt'>
  <td width=77 colspan=4
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>第二十條 第(八<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>)項<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:12;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>信息內容<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>本年收費金額(單位:萬<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>元)<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:13;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>行政事業性<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>收費<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
</tr>
</table>
<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>三、收到和處理<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>政府信息公開申請情況<o:p></o:p></span></p>

<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0
 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;height:19.85pt'>
  <td width=77 colspan=3 rowspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>(本列數据的勾稽關系<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>為:第一項加第二項之和,等于第三項加第四項之和)<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=7
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>申請人情況<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:1;height:19.85pt'>
  <td width=77 rowspan=2
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>自然人<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=5
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>法人或其<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>他組織<o:p></o:p></span></p>
  </td>
  <td width=77 rowspan=2
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>總計<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:2;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>商業<br>企業<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>科研<br>機構<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>社會公益<br>組織<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>法律服務<br>機構<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>其他<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:3;height:19.85pt'>
  <td width=77 colspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>一、本年新收政府信息<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>公開申請數量<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>3<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>6<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:4;height:19.85pt'>
  <td width=77 colspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>二、上年結轉政府信息公<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>開申請數量<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:5;height:19.85pt'>
  <td width=77 rowspan=22
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>三、本年度辦理結果<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=2
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>(一)<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>予以公開<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:6;height:19.85pt'>
  <td width=77 colspan=2
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>(二)<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>部分公開(區分處理的,只計這一情形,不計其他情形)<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:7;height:19.85pt'>
  <td width=77 rowspan=8
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>(三)不予公開<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1.屬于�[家<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>秘密<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:8;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>2.其<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>他法律行政法規禁止公開<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:9;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>3.危及"三安全一穩定<o:p></o:p></span><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>"<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:10;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>4.保護第三方合法權<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>益<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:11;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>5.屬<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>于三類內部事務信息<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:12;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>6.屬于四類過程性<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>信息<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:13;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>7.屬于<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>行政執法案卷<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:14;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>8.屬于行<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>政查詢事項<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:15;height:19.85pt'>
  <td width=77 rowspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>(四)<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無法提供<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1.本機關不掌握相關政<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>府信息<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:16;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>2.沒有現成信<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>息需要另行制作<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:17;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>3.補正后申<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>請內容仍不明確<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:18;height:19.85pt'>
  <td width=77 rowspan=5
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>(五)不<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>予處理<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1.信訪<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>舉報投訴類申請<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:19;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>2.重复申請<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:20;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>3.要求<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>提供公開出版物<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:21;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>4.無正理由大量反复<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>申請<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:22;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>5.要求行政機關確認<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>或重新出具已獲取信息<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:23;height:19.85pt'>
  <td width=77 rowspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>(六)其他處理<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1.申請人無正理由<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>踰期不補正、行政機關不再處理其政府信息公開申請<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:24;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>2.申請人踰期未按收費<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>通知要求繳納費用、行政機關不再處理其政府信息公開申請<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:25;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>3.其他<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>2<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>2<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:26;height:19.85pt'>
  <td width=77 colspan=2
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>(七)總計<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>3<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>5<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:27;height:19.85pt'>
  <td width=77 colspan=3
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>四、結<o:p></o:p></span><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>轉下年度繼續辦理<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>無<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>0<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>1<o:p></o:p></span></p>
  </td>
</tr>
 <![if !supportMisalignedColumns]>
 <tr height=0>
  <td width=62 style='border:none'></td><td width=62 style='border:none'></td><td width=62 style='border:none'></td><td width=62 style='border:none'></td><td width=62 style='border:none'></td><td width=62 style='border:none'></td><td width=62 style='border:none'></td><td width=62 style='border:none'></td><td width=62 style='border:none'></td><td width=62 style='border:none'></td>
 </tr>
 <![endif]>
</table>
<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>四、政府信息公開<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>行政复議、行政訴訟情況<o:p></o:p></span></p>

<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0
 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;height:19.85pt'>
  <td width=77 colspan=5
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>行政复議<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=10
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>行政訴訟<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:1;height:19.85pt'>
  <td width=77 rowspan=2
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>結果<br>維持<o:p></o:p></span></p>
  </td>
  <td width=77 rowspan=2
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>結果<br>糾正<o:p></o:p></span></p>
  </td>
  <td width=77 rowspan=2
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>其他<br>結果<o:p></o:p></span></p>
  </td>
  <td width=77 rowspan=2
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>尚未<br>審結<o:p></o:p></span></p>
  </td>
  <td width=77 rowspan=2
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>總計<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=5
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>未經复議直接起訴<o:p></o:p></span></p>
  </td>
  <td width=77 colspan=5
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>复議后起訴<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:2;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>結果<br>維持<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>結果<br>糾正<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>其他<br>結果<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>尚未<br>審結<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>總計<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>結果<br>維持<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>結果<br>糾正<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>其他<br>結果<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>尚未<br>審結<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>總計<o:p></o:p></span></p>
  </td>
</tr>
 <tr style='mso-yfti-irow:3;height:19.85pt'>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>11<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>7<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>9<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>5<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>32<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>7<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>12<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>14<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>9<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>42<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>16<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>15<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>10<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>7<o:p></o:p></span></p>
  </td>
  <td width=77
  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;padding:0cm'>
  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US
style='font-size:12.0pt;font-family:宋體;
mso-hansi-font-family:Calibri'>48<o:p></o:p></span></p>
  </td>
</tr>
</table>
<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>五、存<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>在的主要問題及改進情況<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>清理多年不更新的欄目7<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>個,合并內容重复的欄目7個。組織業務培訓3次,參加的有725人,講了常見問題和辦理流程。微信公眾號推送圖文2647篇,累計閱讀710次。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>與上一年相比,<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>公開的數量增加30個百分點,群眾來信減少。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>六、其他需要報<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>告的事項<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>清理多<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>年不更新的欄目37個,合并內容重复的欄目37個。<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>藍田縣農業農村侷<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>2026年2月<o:p></o:p></span><span
style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri'>23日<o:p></o:p></span></p>

</div>
</body>
</html>
