/** jsdom knows no matrices; the canvas only asks for its zoom. */
class Unzoomed {
  m22 = 1;
}

window.DOMMatrixReadOnly ??= Unzoomed as unknown as typeof DOMMatrixReadOnly;
