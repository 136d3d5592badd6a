/** Of WasmEdge's plug-in, what it does instead until 0.14, by the name of the case. */
export const olderDifferences: Readonly<Record<string, string>> = {
  'what is not JSON is 2, an option of the wrong type 1, and other names and forms are nothing':
    'there are fewer options, and the others are ignored',
  'n-predict and reverse-prompt end a text, and an option stays until it is set again':
    'n-predict is not below 0, and the prompt is used up',
  'a seed makes chance repeat itself, and penalties change what is chosen': 'there is no seed',
  'a run that is left in the middle leaves nothing behind, however it is left': 'the prompt is used up',
  'runs of two contexts go on in turn, and end with their model': 'no context is freed',
  'token by token, each piece is its bytes, and the whole grows':
    'the prompt is used up, and the run goes on after its end',
  'a prompt is computed anew as often as it is asked for, and prompts replace each other':
    'the prompt is used up',
  'a full context is 101, with one token more than it has room for':
    'the prompt is used up, and the run goes on after its end',
  'a prompt that leaves less than four tokens is 102, in each state and again': 'the prompt is used up',
  'an unloaded model is gone with its contexts, and is loaded anew by its name':
    'unload gives other graphs other numbers, so that none is unloaded',
};

/** The same from 0.15 on. */
export const newerDifferences: Readonly<Record<string, string>> = {
  'until 0.14, a prompt is computed once, and a run keeps the prompt that it began with':
    'the prompt is kept',
  'runs of two contexts go on in turn, and end with their model': 'the contexts of a model share its memory',
  'contexts of one model, and two models, do not disturb each other':
    'the contexts of a model share its memory',
};
