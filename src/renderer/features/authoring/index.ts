export { type EditorProps, type Known, type NewImage, type Unfinished } from './editing.ts';
export { ListField } from './forms/ListField.tsx';
export { RecordForm } from './forms/RecordForm.tsx';
export { ProductForm as ProductEditor } from './products/ProductForm.tsx';
export { ProductTable } from './products/ProductTable.tsx';
export { ScriptEditor } from './script/ScriptEditor.tsx';
