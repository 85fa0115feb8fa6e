export { WrapUp } from './WrapUp.tsx';
