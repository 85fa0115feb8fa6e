export { ImportOutcome, RefusedTable } from './ImportResultView.tsx';
export { MappingForm } from './MappingForm.tsx';
export { obstacleOf, previewRows, type Obstacle } from './preview-rows.ts';
export { PreviewTable } from './PreviewTable.tsx';
export { createTransferStore, type TransferState, type TransferStore } from './transfer.store.ts';
