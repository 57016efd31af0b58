/** A page with one table of 100,000 rows × 25 columns, drawn by DataTable, el-table-v2 or el-table; which, says the address. */
import { createApp, h } from 'vue';
import { ElAutoResizer, ElTable, ElTableColumn, ElTableV2 } from 'element-plus';
import 'element-plus/theme-chalk/el-table.css';
import 'element-plus/theme-chalk/el-table-column.css';
import 'element-plus/theme-chalk/el-table-v2.css';
import 'element-plus/theme-chalk/el-virtual-list.css';
import '../../../renderer/look/index.ts';
import DataTable from '../../../renderer/components/DataTable.vue';
import type { TableColumn, TableRow, TableSource } from '../../../renderer/components/table/columns.ts';

const asked = new URLSearchParams(location.hash.slice(1));
const rowCount = Number(asked.get('rows') ?? '100000');

const columns: readonly TableColumn[] = [
  { key: 'code', title: '统一社会信用代码', kind: 'code', width: 168, frozen: true, sortable: true, filter: { kind: 'text' } },
  { key: 'name', title: '纳税人名称', kind: 'text', width: 220, frozen: true, sortable: true, opens: true, filter: { kind: 'text' } },
  { key: 'state', title: '状态', kind: 'state', width: 110, states: { a: { label: '已受理', tone: 'active' }, b: { label: '已销号', tone: 'good' }, c: { label: '暂停办理', tone: 'wait' } } },
  { key: 'on', title: '受理日期', kind: 'date', width: 100, sortable: true, filter: { kind: 'range' } },
  ...Array.from({ length: 21 }, (_, index): TableColumn => ({ key: `m${String(index)}`, title: `金额${String(index + 1)}`, kind: 'money', width: 130, sortable: true, filter: { kind: 'range' } })),
];

function rowAt(index: number): TableRow {
  const row: Record<string, string> = {
    code: `91211382MA0${String(index).padStart(7, '0')}`, name: `凌源市第${String(index + 1)}号制造有限责任公司`, state: 'abc'.charAt(index % 3), on: `2022-04-${String((index % 28) + 1).padStart(2, '0')}`,
  };
  for (let at = 0; at < 21; at += 1) row[`m${String(at)}`] = `${index % 7 === 0 ? '-' : ''}${String((index * 7919 + at * 104729) % 10_000_000)}.${String((index + at) % 100).padStart(2, '0')}`;
  return row;
}

const source: TableSource = ({ offset, limit }) => {
  const count = Math.max(0, Math.min(limit, rowCount - offset));
  return Promise.resolve({ ok: true, value: { rows: Array.from({ length: count }, (_, step) => rowAt(offset + step)), total: rowCount, totals: { m0: '123456789.00', m1: '-98765.43' } } });
};

function drawn(): ReturnType<typeof h> {
  const rows = (): TableRow[] => Array.from({ length: rowCount }, (_, index) => rowAt(index));
  if (asked.get('kind') === 'el-table') {
    return h(ElTable, { data: rows(), height: 720 }, () => columns.map((column) => h(ElTableColumn, { prop: column.key, label: column.title, width: column.width, fixed: column.frozen === true })));
  }
  if (asked.get('kind') === 'el-table-v2') {
    const v2 = columns.map(({ key, title, width, frozen }) => ({ key, dataKey: key, title, width, fixed: frozen === true }));
    const data = rows();
    return h(ElAutoResizer, null, { default: ({ height, width }: { height: number; width: number }) => h(ElTableV2, { columns: v2, data, width, height, rowHeight: 30, fixed: true }) });
  }
  return h(DataTable, { title: '企业', columns, source, rowKey: 'code', selectable: true, counter: '户', canExport: true });
}

performance.mark('start');
createApp({ render: () => h('main', { style: { height: '100vh', display: 'grid' } }, [drawn()]) }).mount('#app');
requestAnimationFrame(() => requestAnimationFrame(() => { performance.measure('paint', 'start'); }));
