// Draws a table of levels as a radar and as bars: the pictures say what the table beside them says.
(() => {
  const level = (cell) => {
    const value = Number.parseInt(cell.textContent, 10);
    return Number.isNaN(value) ? null : value;
  };
  // Told apart by dashes and marks as well: some print in black and white.
  const looks = {
    least: { borderColor: "#57606a", backgroundColor: "#57606a", borderDash: [6, 4], pointStyle: "rect" },
    most: { borderColor: "#8c959f", backgroundColor: "#d0d7de80", borderDash: [2, 3], pointStyle: "rectRot", fill: "-1" },
    self: { borderColor: "#0550ae", backgroundColor: "#0550ae", pointStyle: "triangle" },
    head: { borderColor: "#7d4e00", backgroundColor: "#c27c0e", borderDash: [10, 3], pointStyle: "crossRot" },
    agreed: { borderColor: "#8a1c1c", backgroundColor: "#8a1c1c", borderWidth: 4, pointStyle: "circle" },
  };
  const read = (table) => [...table.tHead.rows[0].cells]
    .map((head, column) => ({ head, column, key: head.dataset.series }))
    .filter(({ key }) => key)
    .map(({ head, column, key }) => ({
      key,
      label: head.textContent.trim(),
      data: [...table.tBodies[0].rows].map((row) => level(row.cells[column])),
      fill: false,
      borderWidth: 2,
      ...looks[key],
    }))
    .filter((series) => series.data.some((value) => value !== null));
  // As bars, what is asked for is one bar from the lowest level to the highest.
  const ranged = (series) => {
    const [least, most] = ["least", "most"].map((key) => series.find((each) => each.key === key));
    const others = series.filter((each) => each !== least && each !== most);
    if (!least) return others;
    const data = least.data.map((from, place) => (from === null ? null : [from, most?.data[place] ?? from]));
    return [{ ...least, label: "Yêu cầu", data, minBarLength: 6 }, ...others];
  };
  const scale = { min: 0, max: 5, ticks: { stepSize: 1, precision: 0 } };
  const shortened = (name) => (name.length > 34 ? `${name.slice(0, 33)}…` : name);
  const pictures = {
    radar: (series) => ({ type: "radar", datasets: series, indexAxis: "x", scales: { r: scale } }),
    bar: (series) => ({
      type: "bar",
      datasets: ranged(series),
      indexAxis: "y",
      scales: { x: scale, y: { ticks: { autoSkip: false } } },
    }),
  };
  for (const box of document.querySelectorAll("[data-levels-of]")) {
    const table = document.getElementById(box.dataset.levelsOf);
    const names = [...table.tBodies[0].rows].map((row) => shortened(row.cells[0].textContent.trim()));
    // With fewer corners a radar has no area to look at; on a narrow screen its names overlap.
    if (box.dataset.levelsAs === "radar" && (names.length < 3 || window.innerWidth < 600)) continue;
    const { type, datasets, indexAxis, scales } = pictures[box.dataset.levelsAs](read(table));
    if (type === "bar") box.style.height = `${names.length * (datasets.length * 10 + 12) + 110}px`;
    box.hidden = false;
    new Chart(box.querySelector("canvas"), {
      type,
      data: { labels: names, datasets },
      options: {
        indexAxis,
        scales,
        animation: false,
        maintainAspectRatio: false,
        locale: "vi-VN",
        plugins: { legend: { position: "bottom", labels: { usePointStyle: type === "radar" } } },
      },
    });
  }
})();
