/** 系统管理员看的中文文案。 */
import type { TechnicalTexts } from './technical.js';

export const technicalZh: TechnicalTexts = {
  health: (p) => `事项：${p.cases}\n送达：${p.deliveries}\n死信：${p.deadLetters}`,
  delivery: { pending: '待送', held: '等人回来', sent: '已送', dropped: '已作废', dead: '送不出' },
  dead: {
    open: (count) => `📭 死信（${count}）`,
    title: (count) => `📭 死信：${count} 条没能处理的消息或送不出的通知`,
    explained:
      '每条是：编号 · 搁置时间 · 错误类别。带 🔔 的是送不出的通知，其余是没能处理的消息，本人已收到编号。内容和姓名不显示。先排除原因，再按编号重新处理；结果由系统照常告诉本人，通知按当时的情况重新生成，按原来的顺序发出。',
    none: '没有死信。',
    unknown: '未记录',
    delivery: '🔔',
    again: (ref) => `↻ ${ref}`,
    allAgain: (count) => `↻ 全部重新处理（${count}）`,
    done: (count) => `${count} 条已放回队列，马上重新处理。`,
    nothing: '这一条已经放回队列，或已处理。',
  },
  alarm: {
    phaseOne: '🔔 技术告警',
    title: '🛠 技术告警',
    updates: (count) => `没能处理的消息（死信）：${count} 条。`,
    deliveries: (count) => `送不出的通知：${count} 条。`,
    heldUp: '一条通知六小时以上送不出，同一人后面的通知也在等（编号 · 应送时间 · 错误类别）：',
    heldUpNext: '系统继续重试。请按编号的错误类别查看原因；这一条不再提醒。',
    unread: (count) => `委内已没有人可以看的事项：${count} 件。`,
    unreadNext: '请用 /invite 或组织文件补充一名与之无关的值班、督办或领导。',
    next: '请查看原因；死信可以在 /health 里重新处理。一小时内不再重复提醒。',
    look: '查看系统状况',
  },
};
