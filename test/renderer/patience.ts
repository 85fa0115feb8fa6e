// By default a screen has one second to show what is awaited: on a busy machine that is a test of the machine.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 20_000 });
}

export {};
