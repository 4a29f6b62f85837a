/** Kinds of assets in the order in which reports list them (report.md §5). */
export const assetKinds = ['deposit-account', 'real-estate', 'vehicle'] as const;
