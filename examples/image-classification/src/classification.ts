import { labels } from './shapes.js';

/** A label, and how sure the model is of it, from 0 to 1. */
export interface Classification {
  readonly label: string;
  readonly score: number;
}

/** What the model's scores say. */
export function classificationOf(scores: Float32Array): Classification {
  const score = Math.max(...scores);
  return { label: labels[scores.indexOf(score)] ?? '', score };
}
