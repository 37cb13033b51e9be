// Draws a burn-down from its table: what was left day by day, beside an even pace to the deadline.
(() => {
  const day = 86400000;
  const figure = (text) => (text.trim() === "–" ? null : Number.parseInt(text, 10));
  const points = (rows, column) => rows
    .map((row) => ({ x: Date.parse(row.dataset.day) / day, y: figure(row.cells[column].textContent) }))
    .filter((point) => point.y !== null);
  const written = (value) => {
    const [, month, date] = new Date(Math.round(value) * day).toISOString().slice(0, 10).split("-");
    return `${date}/${month}`;
  };
  for (const box of document.querySelectorAll("[data-burn-down-of]")) {
    const table = document.getElementById(box.dataset.burnDownOf);
    const rows = [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    box.hidden = false;
    new Chart(box.querySelector("canvas"), {
      type: "line",
      data: {
        datasets: [
          { label: heads[1], data: points(rows, 1), borderColor: "#8a1c1c", backgroundColor: "#8a1c1c", stepped: true },
          { label: heads[2], data: points(rows, 2), borderColor: "#444c56", backgroundColor: "#444c56", borderDash: [6, 4], pointRadius: 0 },
        ],
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        locale: "vi-VN",
        scales: {
          x: { type: "linear", bounds: "data", ticks: { callback: written, precision: 0, maxRotation: 45 } },
          y: { beginAtZero: true, ticks: { precision: 0 } },
        },
        plugins: { legend: { labels: { usePointStyle: true, pointStyle: "line" } }, tooltip: { callbacks: { title: (items) => written(items[0].parsed.x) } } },
      },
    });
  }
})();
