export { Workshop } from './Workshop.tsx';
