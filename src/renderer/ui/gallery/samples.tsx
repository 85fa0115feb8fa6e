import {
  IconBook2, IconCalendarDue, IconChartHistogram, IconHeadset, IconHelp, IconHistory, IconMessage2Heart, IconPackage, IconRoute, IconSettings, IconSparkles, IconSwords,
} from '@tabler/icons-react';
import type { NavItem } from '../AppFrame.tsx';
import type { Choice } from '../NumberedChoices.tsx';
import type { PaletteGroup } from '../palette-rows.ts';

/** Invented content for the gallery. */
export const nav: NavItem[] = [
  { id: 'live', label: 'Live call', icon: <IconHeadset />, hotkey: 'alt+1' },
  { id: 'follow', label: 'Follow-ups', icon: <IconCalendarDue />, hotkey: 'alt+2', badge: { text: '3', label: '3 overdue' } },
  { id: 'history', label: 'History', icon: <IconHistory />, hotkey: 'alt+3' },
  { id: 'news', label: "What's new", icon: <IconSparkles />, hotkey: 'alt+4', badge: { text: '1', label: '1 to acknowledge' } },
  { id: 'day', label: 'My day', icon: <IconChartHistogram />, hotkey: 'alt+5' },
  { id: 'practise', label: 'Practise', icon: <IconSwords />, hotkey: 'alt+6' },
  { id: 'help', label: 'Help', icon: <IconHelp />, hotkey: 'f1', place: 'end' },
  { id: 'settings', label: 'Settings', icon: <IconSettings />, place: 'end' },
];

export const answers: Choice[] = [
  { id: 'has', label: 'Has the order number', detail: 'Look it up together' },
  { id: 'lost', label: 'No number, but the e-mail address', detail: 'Find by e-mail' },
  { id: 'none', label: 'Neither', detail: 'Find by name and delivery postcode' },
  { id: 'other', label: 'Calling about something else' },
];

export const results: PaletteGroup[] = [
  {
    id: 'products',
    label: 'Products',
    items: [
      { id: 'p1', title: 'Fritzen 7590 AX router', titleRanges: [[8, 12]], detail: 'FR-7590-AX · Routers · 2 years warranty', meta: '€ 219.00', icon: <IconPackage /> },
      { id: 'p2', title: 'Fritzen 7530 router', titleRanges: [[8, 10]], detail: 'FR-7530 · Routers · replaced by 7590 AX', meta: '€ 129.00', icon: <IconPackage /> },
      { id: 'p3', title: 'Wall bracket for 7590', titleRanges: [[17, 21]], detail: 'AC-WB-7590 · Accessories', meta: '€ 14.90', icon: <IconPackage /> },
    ],
  },
  {
    id: 'scripts',
    label: 'Scripts',
    items: [
      { id: 's1', title: 'Technical fault, first line', detail: 'Router, modem, no connection', icon: <IconRoute /> },
      { id: 's2', title: 'Damaged or wrong item', icon: <IconRoute /> },
    ],
  },
  { id: 'articles', label: 'Articles', items: [{ id: 'a1', title: 'Router returns: what has to be in the box', detail: 'Checked 12 days ago by M. Okafor', icon: <IconBook2 /> }] },
  { id: 'prompts', label: 'Prompts', items: [{ id: 'm1', title: 'Caller has been cut off before', detail: 'Acknowledge', icon: <IconMessage2Heart /> }] },
];
