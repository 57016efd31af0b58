/** The map of keys 键盘, as the help shows it. The keys themselves live where they act: use-shortcuts.ts, cell-range.ts, enter-to-next.ts. */
export const keyMap: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: 'F1', does: '光标所在项的口径、依据、示例' },
  { keys: 'F2', does: '到左侧栏，选择页面' },
  { keys: 'F4', does: '到本页的表格' },
  { keys: 'F5', does: '重新取数' },
  { keys: 'F6', does: '到本页标题' },
  { keys: 'Enter', does: '表单中到下一项；表格中打开该行' },
  { keys: '↑ ↓ ← →', does: '表格中移动；按住 Shift 选中一片' },
  { keys: 'PgUp PgDn', does: '表格中上下一屏' },
  { keys: 'Ctrl+Home End', does: '表格第一行、最后一行' },
  { keys: '空格', does: '勾选一行；标题行上为排序' },
  { keys: 'Ctrl+A', does: '勾选筛选出的全部' },
  { keys: 'Ctrl+C', does: '复制选中的格，可粘贴到表格软件' },
  { keys: 'Ctrl+Enter', does: '办理所勾选的第一项；对话框中为办理' },
  { keys: 'Esc', does: '关闭说明或对话框；在一笔的页面上返回清单（也可用 Alt+←）' },
];
