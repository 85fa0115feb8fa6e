export { ImportCountList, ImportOutcome, RefusedTable } from './ImportResultView.tsx';
export { MappingForm } from './MappingForm.tsx';
export { obstacleOf, previewRows, type Obstacle } from './preview-rows.ts';
export { PreviewTable } from './PreviewTable.tsx';
export { REFUSED_PAGE } from './import-run.ts';
export { createTransferStore, type TransferState, type TransferStore } from './transfer.store.ts';
export { createScriptImportStore, type ScriptImportState, type ScriptImportStore } from './script-import.store.ts';
export { ScriptPreviewTable } from './ScriptPreviewTable.tsx';
