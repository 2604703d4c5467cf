// Draws how many cases were opened, closed and confirmed in each week.
let loading;

function echarts() {
  return loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/lib/echarts/echarts.min.js';
    script.onload = () => resolve(window.echarts);
    script.onerror = () => reject(new Error('echarts is not served'));
    document.head.append(script);
  });
}

export async function draw(element, names, series) {
  const library = await echarts();
  if (!element.isConnected) return;
  const chart = library.getInstanceByDom(element) ?? library.init(element, null, { renderer: 'svg' });
  chart.setOption({
    animation: false,
    color: ['#0f6b66', '#d99a2b', '#2c6e49'],
    grid: { left: 48, right: 16, top: 40, bottom: 32 },
    legend: { top: 4 },
    tooltip: { trigger: 'axis', renderMode: 'richText' },
    xAxis: { type: 'category', data: names },
    yAxis: { type: 'value', minInterval: 1 },
    series: series.map((one) => ({ ...one, type: 'line', symbolSize: 7 })),
  });
  new ResizeObserver(() => chart.resize()).observe(element);
  element.dataset.drawn = 'true';
}
