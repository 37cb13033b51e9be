// What the server would refuse of a line alone, told on the device while it can still be mended.
const refusalsOf = (() => {
  const LONGEST = 24 * 60;
  // Hours as people write them, in minutes.
  const HOURS = [
    [/^(\d{1,4}(?:\.\d{1,2})?) ?(?:giờ|h)?$/, (found) => Number(found[1]) * 60],
    [/^(\d{1,3}) ?(?::|h|g|giờ) ?([0-5]?\d)? ?(?:p|ph|phút|['’′])?$/, (found) => Number(found[1]) * 60 + Number(found[2] || 0)],
    [/^(\d{1,4}) ?(?:p|ph|phút|['’′])$/, (found) => Number(found[1])],
  ];

  const isAmount = (text) => {
    const words = text.normalize("NFC").trim().toLowerCase().replace(",", ".");
    const minutes = HOURS.map(([shape, read]) => shape.exec(words) && read(shape.exec(words))).find(Number);
    return minutes > 0 && minutes <= LONGEST;
  };

  // By field; `task` is what the device was told of the line's, if it was, and `today` the last day.
  return (line, task, today) => {
    const leaves = task && (task.kind === "product" || (!task.kind && task.product));
    const refusals = {};
    if (!line.day) refusals.day = "Ngày: hãy chọn ngày đã làm.";
    else if (line.day > today) refusals.day = "Ngày: chưa đến ngày này.";
    if (!isAmount(line.hours || "")) refusals.hours = "Số giờ: hãy ghi như 7,5 hoặc 7:30 hoặc 90p, không quá 24 giờ.";
    if (leaves && !line.product && !line.work_item) refusals.product = "Sản phẩm: nhiệm vụ này phải ghi sản phẩm.";
    return refusals;
  };
})();
