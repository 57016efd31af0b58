/** The door of 资金与库款. */
export { forecastLines, type ForecastFiles } from './forecast-files.ts';
