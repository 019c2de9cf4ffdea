// Writers of npm: node programs.cjs JOB.json OUT. Versions that the committed files were made with: xlsx 0.18.5, exceljs 4.4.0,
// docx 9, html-to-docx 1.8.0; NODE_PATH names the folder that holds them.
const fs = require("fs");

const number = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
const value = (cell) => (cell.slot ? number(cell.text) : cell.text);

function sheetjs(job, bookType) {
  const X = require("xlsx");
  const sheet = { "!merges": [] };
  let [height, width] = [0, 0];
  for (const c of job.cells) {
    [height, width] = [Math.max(height, c.row + c.rows), Math.max(width, c.column + c.columns)];
    const v = value(c);
    if (v !== "") sheet[X.utils.encode_cell({ r: c.row, c: c.column })] = { t: typeof v === "number" ? "n" : "s", v };
    if (c.rows > 1 || c.columns > 1)
      sheet["!merges"].push({ s: { r: c.row, c: c.column }, e: { r: c.row + c.rows - 1, c: c.column + c.columns - 1 } });
  }
  sheet["!ref"] = `A1:${X.utils.encode_cell({ r: height - 1, c: width - 1 })}`;
  const book = X.utils.book_new();
  X.utils.book_append_sheet(book, sheet, "年报");
  return X.write(book, { bookType, type: "buffer", compression: true });
}

async function exceljs(job, csv) {
  const E = require("exceljs");
  const book = new E.Workbook();
  const sheet = book.addWorksheet("年报");
  for (const c of job.cells) {
    if (c.rows > 1 || c.columns > 1) sheet.mergeCells(c.row + 1, c.column + 1, c.row + c.rows, c.column + c.columns);
    const v = value(c);
    if (v !== "") sheet.getCell(c.row + 1, c.column + 1).value = v;
  }
  return csv ? book.csv.writeBuffer() : book.xlsx.writeBuffer();
}

async function docx(job) {
  const D = require("docx");
  const children = job.blocks.map((b) => {
    if (b.kind !== "table") return new D.Paragraph({ text: b.text, heading: b.kind === "heading" ? D.HeadingLevel.HEADING_1 : undefined });
    const row = (r) => b.cells.filter((c) => c.row === r).sort((a, c) => a.column - c.column);
    const cell = (c) => new D.TableCell({ rowSpan: c.rows, columnSpan: c.columns, children: [new D.Paragraph(c.text)] });
    return new D.Table({ rows: [...Array(b.rows).keys()].map((r) => new D.TableRow({ children: row(r).map(cell) })) });
  });
  return D.Packer.toBuffer(new D.Document({ sections: [{ children }] }));
}

async function main([source, out]) {
  const job = JSON.parse(fs.readFileSync(source, "utf-8"));
  const [program, kind] = job.writer.split(":");
  const write = {
    sheetjs: () => sheetjs(job, kind),
    exceljs: () => exceljs(job, kind === "csv"),
    docx: () => docx(job),
    page: () => require("html-to-docx")(job.page),
  }[program];
  fs.writeFileSync(out, Buffer.from(await write()));
}

main(process.argv.slice(2));
