export { MyDay } from './MyDay.tsx';
