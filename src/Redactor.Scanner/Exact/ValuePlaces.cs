using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Redactor.Scanning.Filtering;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Exact;

/// <summary>
/// Which places of a text are looked at for values: one a stride, and of values that are made like words, or at least without spaces, only those in
/// long enough runs of such bytes. Immutable.
/// </summary>
/// <remarks>
/// With windows of 8 bytes and a stride of 9, a value has somewhere 16 bytes in a row that one place sees 8 of. In text one place in ten to twenty is in a run
/// of 16 word bytes; first byte left:
/// <code>
///   id=kZ81mfQ04xVbYw73, ok
///   11111111111111111110011     word bytes
///   11110000000000000000000     starts of 16 of them
///   11111111111100000000000     and the 8 behind each: where a window may begin
///   10000000010000000010000     one place a stride
///   10000000010000000000000     both: 0 and 9 are looked at
/// </code>
/// </remarks>
internal sealed class ValuePlaces
{
    /// <summary>
    /// 16 KiB: some sixty places of a block are in words, which are all waited for at once where they are looked up; and the text is still in the cache.
    /// </summary>
    private const int MaxWords = 256;

    /// <summary>In shorter texts all places are looked at sooner than those in words are found.</summary>
    private const int LeastText = 192;

    /// <summary>Visible ASCII.</summary>
    private static readonly ByteSet Visible = ByteSet.Range((byte)'!', (byte)'~');

    /// <summary>Visible ASCII but for the signs that stand around values and between words in text.</summary>
    private static readonly ByteSet Word = Visible & ~ByteSet.Of("\"',.:;()[]{}<>\\");

    private static readonly AsciiSet[] Sets = [new(Word), new(Visible)];

    private readonly int window;
    private readonly int stride;
    private readonly AsciiSet? within;
    private readonly int words;
    private readonly ulong[] pattern = new ulong[MaxWords];
    private readonly ushort[] all;

    /// <summary>The places for windows of <paramref name="window"/> bytes, <paramref name="stride"/> apart.</summary>
    /// <param name="window">Length of a window in bytes.</param>
    /// <param name="stride">The distance of two places, 1 to 64 bytes.</param>
    /// <param name="kind">What the windows of all values, <paramref name="stride"/> in a row, are made of (<see cref="KindOf"/>).</param>
    internal ValuePlaces(int window, int stride, int kind)
    {
        (this.window, this.stride) = (window, stride);
        within = kind < Sets.Length ? Sets[kind] : null;
        words = MaxWords / stride * stride;
        all = [.. Enumerable.Range(0, BlockLength / stride).Select(i => (ushort)(i * stride))];
        foreach (ushort place in all)
        {
            pattern[place / 64] |= 1UL << (place % 64);
        }
    }

    /// <summary>Whether only some places are looked at.</summary>
    internal bool Selects => within is not null;

    /// <summary>How many positions the places of a part of <paramref name="length"/> bytes need room for.</summary>
    internal int Room(int length) => ((Math.Min(length, BlockLength) + 63) & -64) + BitPositions.Slack;

    /// <summary>Bytes that are dealt with at a time: whole words of a bitmap, and whole strides.</summary>
    internal int BlockLength => words * 64;

    /// <summary>What bytes are made of: 0 as words and keys are, 1 without spaces, else 2. The lower, the fewer places need be looked at.</summary>
    internal static int KindOf(ReadOnlySpan<byte> bytes)
    {
        int kind = 0;
        foreach (byte value in bytes)
        {
            kind = Word.Contains(value) ? kind : Visible.Contains(value) ? Math.Max(kind, 1) : 2;
            if (kind == 2)
            {
                break;
            }
        }

        return kind;
    }

    /// <summary>The first place at or behind <paramref name="from"/>.</summary>
    internal int FirstFrom(int from) => from == 0 ? 0 : (from + stride - 1) / stride * stride;

    /// <summary>Lists the places of a block of a text, ascending, counted from the start of the block.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The place that the block starts with: 0, or behind at least 64 bytes.</param>
    /// <param name="until">Where it ends at the latest.</param>
    /// <param name="places">Receives the places; has <see cref="Room"/> for them.</param>
    /// <returns>How many there are.</returns>
    internal int List(ReadOnlySpan<byte> text, int start, int until, Span<ushort> places)
    {
        if (within is not null && text.Length >= LeastText)
        {
            return ListInRuns(within, text, start, until, places);
        }

        int behind = Math.Min(until, text.Length - window + 1), count = Math.Min(all.Length, (behind - start + stride - 1) / stride);
        all.AsSpan(0, count).CopyTo(places);
        return count;
    }

    [SkipLocalsInit]
    private int ListInRuns(AsciiSet set, ReadOnlySpan<byte> text, int start, int until, Span<ushort> places)
    {
        // A word before the block for what begins there, and one behind it for what ends there.
        int count = Math.Min(words, (until - start + 63) / 64), before = start == 0 ? 0 : 1;
        Span<ulong> bits = stackalloc ulong[MaxWords + Vector512<ulong>.Count + 1];
        bits = bits[..(((count + 8) & -8) + 1)];
        bits[0] = 0;
        bits[(count + 2)..].Clear();
        Mark(set, text[(start - (before * 64))..], bits.Slice(1 - before, before + count + 1));
        BitRuns.KeepStarts(bits, window + stride - 1);
        BitRuns.Lengthen(bits, stride);
        for (int word = 0; word < count; word += Vector512<ulong>.Count)
        {
            (Vector512.Create<ulong>(bits[word..]) & Vector512.Create(pattern, word)).CopyTo(bits[word..]);
        }

        int over = (count * 64) - (until - start);
        bits[count - 1] &= over > 0 ? ulong.MaxValue >> over : ulong.MaxValue;
        return BitPositions.Flatten(bits[..count], places);
    }

    /// <summary>Marks the bytes of a set; there are none behind the end of the text.</summary>
    [SkipLocalsInit]
    private static void Mark(AsciiSet set, ReadOnlySpan<byte> text, Span<ulong> bits)
    {
        int whole = Math.Clamp((text.Length - Block.Lookahead) / 64, 0, bits.Length);
        MarkWhole(set, in MemoryMarshal.GetReference(text), bits[..whole]);
        if (whole < bits.Length)
        {
            text = text[(whole * 64)..];
            Span<byte> tail = stackalloc byte[4 * 64];
            text.CopyTo(tail);
            tail[text.Length..].Clear();
            int words = Math.Min(bits.Length - whole, 3);
            MarkWhole(set, in tail[0], bits.Slice(whole, words));
            bits[(whole + words)..].Clear();
        }
    }

    private static void MarkWhole(AsciiSet set, ref readonly byte text, Span<ulong> bits)
    {
        if (VbmiKernel.IsSupported)
        {
            VbmiKernel.MarkMembers(set, in text, bits);
        }
        else if (Lanes256.IsSupported)
        {
            NibbleKernel<Lanes256, Vector256<byte>>.MarkMembers(set, in text, bits);
        }
        else if (Lanes128.IsSupported)
        {
            NibbleKernel<Lanes128, Vector128<byte>>.MarkMembers(set, in text, bits);
        }
        else
        {
            ScalarKernel.MarkMembers(set, in text, bits);
        }
    }
}
