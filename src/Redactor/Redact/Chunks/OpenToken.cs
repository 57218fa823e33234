using System.Buffers;

namespace Redactor.Redact.Chunks;

/// <summary>
/// A word at an end of a text that may be a part of a secret: a run of the characters that keys and tokens are made of, of at least <see cref="ChunkLimits.MinOpen"/> bytes, that is
/// no plain word. Shorter parts of a secret tell nothing, and a secret never goes on behind a blank.
/// </summary>
internal static class OpenToken
{
    private static readonly SearchValues<byte> Token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=.~%"u8);
    private static readonly SearchValues<byte> WordTail = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-./"u8);

    /// <summary>How long the one at the end of a text is, in bytes; 0: there is none.</summary>
    public static int LengthAtEnd(ReadOnlySpan<byte> text) => Length(text[(text.LastIndexOfAnyExcept(Token) + 1)..]);

    /// <summary>How long the one at the start of a text is, in bytes; 0: there is none.</summary>
    public static int LengthAtStart(ReadOnlySpan<byte> text) => Length(text[..LengthOfRun(text)]);

    /// <summary>Whether a token that was open at the end of the text before this one ends in it.</summary>
    public static bool EndsIn(ReadOnlySpan<byte> text) => LengthOfRun(text) < text.Length;

    private static int LengthOfRun(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(Token) is >= 0 and var end ? end : text.Length;

    private static int Length(ReadOnlySpan<byte> run) =>
        run.Length >= ChunkLimits.MinOpen && !(char.IsAsciiLetter((char)run[0]) && run[1..].IndexOfAnyExcept(WordTail) < 0) ? run.Length : 0;
}
