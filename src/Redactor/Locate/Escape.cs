using Redactor.Scanning;

namespace Redactor.Locate;

/// <summary>One character of a decoded text that the text it comes from spells in another way. Lists of them are in ascending order.</summary>
/// <param name="Plain">Offset of its first byte in the decoded text.</param>
/// <param name="PlainLength">How many bytes it has there.</param>
/// <param name="Spelled">Offset of its spelling.</param>
/// <param name="SpelledLength">How many bytes that has.</param>
public readonly record struct Escape(int Plain, int PlainLength, int Spelled, int SpelledLength);

/// <summary>Lists of escapes, which must not grow without bound.</summary>
internal static class Escapes
{
    /// <summary>Adds an escape behind those that come before it.</summary>
    /// <exception cref="TooDenseException">There are <see cref="LocateLimits.MaxEscapes"/>.</exception>
    public static void Append(this List<Escape> escapes, Escape escape)
    {
        if (escapes.Count == LocateLimits.MaxEscapes)
        {
            throw new TooDenseException();
        }

        escapes.Add(escape);
    }
}

/// <summary>Which bytes of a spelling a decoded text comes from. What lies between two escapes is the same in both.</summary>
public readonly ref struct SpellingMap
{
    private readonly ReadOnlySpan<Escape> escapes;
    private readonly int plainStart;
    private readonly int spelledStart;

    /// <summary>The map of a text that has <paramref name="escapes"/>; none: it is spelled as it is.</summary>
    public SpellingMap(ReadOnlySpan<Escape> escapes)
        : this(escapes, 0, 0)
    {
    }

    /// <summary>The map of a part of such a text.</summary>
    /// <param name="escapes">The escapes in it, with offsets in the whole.</param>
    /// <param name="plainStart">Where the part starts in the decoded text.</param>
    /// <param name="spelledStart">Where it starts in the spelling.</param>
    public SpellingMap(ReadOnlySpan<Escape> escapes, int plainStart, int spelledStart)
    {
        this.escapes = escapes;
        this.plainStart = plainStart;
        this.spelledStart = spelledStart;
    }

    /// <summary>Where the character starts that the decoded byte at <paramref name="position"/> belongs to.</summary>
    public int StartOf(int position)
    {
        position += plainStart;
        int index = CountUpTo(position) - 1;
        return index >= 0 && position < escapes[index].Plain + escapes[index].PlainLength
            ? escapes[index].Spelled - spelledStart
            : Between(index, position);
    }

    /// <summary>Where the character ends that the decoded byte before <paramref name="position"/> belongs to.</summary>
    public int EndOf(int position)
    {
        position += plainStart;
        int index = CountUpTo(position - 1) - 1;
        return index >= 0 && position <= escapes[index].Plain + escapes[index].PlainLength
            ? escapes[index].Spelled + escapes[index].SpelledLength - spelledStart
            : Between(index, position);
    }

    /// <summary>Where the character starts in the decoded text that the byte at <paramref name="position"/> of the spelling belongs to.</summary>
    public int PlainOf(int position)
    {
        position += spelledStart;
        int index = CountSpelledUpTo(position) - 1;
        return index >= 0 && position < escapes[index].Spelled + escapes[index].SpelledLength
            ? escapes[index].Plain - plainStart
            : BetweenSpelled(index, position);
    }

    /// <summary>Where the character ends in the decoded text that the byte before <paramref name="position"/> of the spelling belongs to.</summary>
    public int PlainEndOf(int position)
    {
        position += spelledStart;
        int index = CountSpelledUpTo(position - 1) - 1;
        return index >= 0 && position <= escapes[index].Spelled + escapes[index].SpelledLength
            ? escapes[index].Plain + escapes[index].PlainLength - plainStart
            : BetweenSpelled(index, position);
    }

    private int Between(int index, int position) => index < 0
        ? position - plainStart
        : position - escapes[index].Plain - escapes[index].PlainLength + escapes[index].Spelled + escapes[index].SpelledLength - spelledStart;

    private int BetweenSpelled(int index, int position) => index < 0
        ? position - spelledStart
        : position - escapes[index].Spelled - escapes[index].SpelledLength + escapes[index].Plain + escapes[index].PlainLength - plainStart;

    /// <summary>How many escapes start at or before a byte of the spelling.</summary>
    private int CountSpelledUpTo(int position) => Ascending.CountUpTo<Escape, BySpelling>(escapes, position);

    /// <summary>How many escapes start at or before a byte of the decoded text.</summary>
    private int CountUpTo(int position) => Ascending.CountUpTo<Escape, ByPlain>(escapes, position);

    private readonly struct ByPlain : IPlace<Escape>
    {
        public static int Of(in Escape item) => item.Plain;
    }

    private readonly struct BySpelling : IPlace<Escape>
    {
        public static int Of(in Escape item) => item.Spelled;
    }
}
