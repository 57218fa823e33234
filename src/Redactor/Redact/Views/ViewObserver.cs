namespace Redactor.Redact.Views;

/// <summary>Is told of a view.</summary>
/// <param name="encoding">How it came about: <c>base64 decoded</c>.</param>
/// <param name="depth">How many encodings deep it is, from 1.</param>
/// <param name="text">The decoded text; only while it is told of.</param>
internal delegate void ViewObserver(string encoding, int depth, ReadOnlySpan<byte> text);
