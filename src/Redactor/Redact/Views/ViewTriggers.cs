using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Redactor.Redact.Views;

/// <summary>Which encoding a place of a text may begin.</summary>
internal enum TriggerKind
{
    /// <summary>A run of the characters of base64, of either alphabet, of which some part decodes to text, or that is long; hex digits are among them.</summary>
    Run,

    /// <summary><c>%</c> and two hex digits.</summary>
    Percent,

    /// <summary><c>&amp;</c> and what may be the name or the number of a character.</summary>
    Entity,
}

/// <summary>A place where a text may be encoded. It proves nothing.</summary>
internal readonly record struct ViewTrigger(TriggerKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>
/// Finds the places where a text may be encoded, 64 bytes a step. A run of 32 bytes lies with at least 16 in one step, so that most steps are done when no 16
/// neighbouring bytes are of base64.
/// </summary>
internal static class ViewTriggers
{
    private const int Step = 64;

    /// <summary>The bytes of base64, of either alphabet.</summary>
    public static readonly SearchValues<byte> Members = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    /// <summary>Adds the triggers in <paramref name="text"/>, in ascending order.</summary>
    public static void Find(ReadOnlySpan<byte> text, List<ViewTrigger> triggers)
    {
        triggers.Clear();
        Span<byte> tail = stackalloc byte[Step];
        int runEnd = 0;
        for (int at = 0; at < text.Length; at += Step)
        {
            scoped ReadOnlySpan<byte> step = text[at..];
            if (step.Length < Step)
            {
                tail.Clear();
                step.CopyTo(tail);
                step = tail;
            }

            ulong members = Mark(in MemoryMarshal.GetReference(step), out ulong signs);
            ulong run = members & (members >> 1);
            run &= run >> 2;
            run &= run >> 4;
            run &= run >> 8;
            if ((signs | run) != 0)
            {
                Add(text, at, signs, run, ref runEnd, triggers);
            }
        }
    }

    private static void Add(ReadOnlySpan<byte> text, int at, ulong signs, ulong run, ref int runEnd, List<ViewTrigger> triggers)
    {
        for (ulong rest = signs | run; rest != 0; rest &= rest - 1)
        {
            int bit = BitOperations.TrailingZeroCount(rest);
            int place = at + bit;
            if ((signs >> bit & 1) != 0)
            {
                AddSign(text, place, triggers);
            }
            else if (place >= runEnd)
            {
                int start = place;
                while (start > runEnd && Members.Contains(text[start - 1]))
                {
                    start--;
                }

                int length = text[place..].IndexOfAnyExcept(Members);
                runEnd = length < 0 ? text.Length : place + length;

                int runLength = runEnd - start;
                if (runLength >= ViewLimits.MinRun && (runLength >= ViewLimits.MinBlob || Readable.MayHold(text.Slice(start, runLength))))
                {
                    triggers.Add(new ViewTrigger(TriggerKind.Run, start, runEnd - start));
                }
            }
        }
    }

    private static void AddSign(ReadOnlySpan<byte> text, int place, List<ViewTrigger> triggers)
    {
        ReadOnlySpan<byte> behind = text[(place + 1)..];
        if (text[place] == '%')
        {
            if (behind.Length >= 2 && char.IsAsciiHexDigit((char)behind[0]) && char.IsAsciiHexDigit((char)behind[1]))
            {
                triggers.Add(new ViewTrigger(TriggerKind.Percent, place, 3));
            }
        }
        else if (HtmlEntities.TryRead(text[place..], out _, out int length))
        {
            triggers.Add(new ViewTrigger(TriggerKind.Entity, place, length));
        }
    }

    /// <summary>A bit for each of 64 bytes that belongs to base64, and one for each <c>%</c> and <c>&amp;</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mark(ref readonly byte step, out ulong signs)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> bytes = Vector512.LoadUnsafe(in step);
            signs = Vector512.LessThan(bytes - Vector512.Create((byte)'%'), Vector512.Create((byte)2)).ExtractMostSignificantBits();
            return (Vector512.LessThan((bytes | Vector512.Create((byte)0x20)) - Vector512.Create((byte)'a'), Vector512.Create((byte)26))
                | Vector512.LessThan(bytes - Vector512.Create((byte)'/'), Vector512.Create((byte)11))
                | Vector512.Equals(bytes, Vector512.Create((byte)'+'))
                | Vector512.Equals(bytes, Vector512.Create((byte)'-'))
                | Vector512.Equals(bytes, Vector512.Create((byte)'_'))).ExtractMostSignificantBits();
        }

        ulong members = 0;
        signs = 0;
        for (int lane = 0; lane < Step; lane += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(in step, (nuint)lane);
            signs |= (ulong)Vector128.LessThan(bytes - Vector128.Create((byte)'%'), Vector128.Create((byte)2)).ExtractMostSignificantBits() << lane;
            members |= (ulong)(Vector128.LessThan((bytes | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a'), Vector128.Create((byte)26))
                | Vector128.LessThan(bytes - Vector128.Create((byte)'/'), Vector128.Create((byte)11))
                | Vector128.Equals(bytes, Vector128.Create((byte)'+'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'-'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'_'))).ExtractMostSignificantBits() << lane;
        }

        return members;
    }
}
