// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.

// expect: Panel 3 2 1,1,3 1 0 8 1
export const Panel = ({ open, title }: Props) => {
  const [state, setState] = useState(open);
  return (
    // expect: Panel.<anonymous> 1 0 0,1,0 0 0 1 0
    <div onClick={() => setState(!state)}>
      {open && title ? <b>{title}</b> : null}
    </div>
  );
};
