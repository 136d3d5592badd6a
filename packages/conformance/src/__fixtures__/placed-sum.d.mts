import type { Plugin } from '@wasmedge-plugins/core';

export declare const placedSum: (options?: { readonly subtracts?: boolean }) => Plugin;
