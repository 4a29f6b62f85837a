/**
 * The role the product works under: everything it needs, and nothing that could rewrite the ledger
 * (docs/decisions/0025-the-product-works-under-a-role-that-cannot-rewrite-the-ledger.md).
 */
export const appRole = 'chakong_app';
