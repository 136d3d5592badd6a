// What the helper thread loads while a guest waits.
export {};
