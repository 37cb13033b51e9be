// Draws a table of levels as a radar and as bars: every picture says what the table beside it says.
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
  const scale = { min: 0, max: 5, ticks: { stepSize: 1, precision: 0 } };
  const shortened = (name) => (name.length > 34 ? `${name.slice(0, 33)}…` : name);
  for (const box of document.querySelectorAll("[data-levels-of]")) {
    const table = document.getElementById(box.dataset.levelsOf);
    const rows = [...table.tBodies[0].rows];
    const radar = box.dataset.levelsAs === "radar";
    if (radar && rows.length < 3) continue;
    const datasets = [...table.tHead.rows[0].cells]
      .map((head, column) => ({ head, column }))
      .filter(({ head }) => head.dataset.series)
      .map(({ head, column }) => ({
        label: head.textContent.trim(),
        data: rows.map((row) => level(row.cells[column])),
        fill: false,
        borderWidth: 2,
        ...looks[head.dataset.series],
      }))
      .filter((series) => series.data.some((value) => value !== null));
    if (!radar) box.style.height = `${rows.length * (datasets.length * 12 + 18) + 110}px`;
    box.hidden = false;
    new Chart(box.querySelector("canvas"), {
      type: radar ? "radar" : "bar",
      data: { labels: rows.map((row) => shortened(row.cells[0].textContent.trim())), datasets },
      options: {
        indexAxis: radar ? "x" : "y",
        animation: false,
        maintainAspectRatio: false,
        locale: "vi-VN",
        scales: radar ? { r: scale } : { x: scale, y: { ticks: { autoSkip: false } } },
        plugins: { legend: { position: "bottom", labels: { usePointStyle: radar } } },
      },
    });
  }
})();
