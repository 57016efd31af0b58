/** KEYCARD 密钥卡, exactly one row: the whole key card file, checked by the rules of key cards. */
import { agencies } from '../../kernel/office.ts';
import { field } from '../../kernel/record.ts';
import { keyCardFileSchema } from '../key-card.ts';
import { defineKind, section } from '../section.ts';

export const keyCard = defineKind({
  title: '密钥卡',
  from: agencies,
  to: agencies,
  sections: { card: section('密钥卡', { file: field.own('密钥卡', keyCardFileSchema) }, { one: true }) },
});
