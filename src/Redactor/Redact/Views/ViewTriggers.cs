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
        int at = 0, runEnd = 0;
        ref readonly byte first = ref MemoryMarshal.GetReference(text);
        for (; at <= text.Length - Step; at += Step)
        {
            Look(in Unsafe.Add(ref Unsafe.AsRef(in first), at), text, at, ref runEnd, triggers);
        }

        if (at < text.Length)
        {
            Span<byte> tail = stackalloc byte[Step];
            tail.Clear();
            text[at..].CopyTo(tail);
            Look(in MemoryMarshal.GetReference(tail), text, at, ref runEnd, triggers);
        }
    }

    /// <summary>Looks at the step at <paramref name="at"/>; behind the end of the text there are zeros in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Look(ref readonly byte step, ReadOnlySpan<byte> text, int at, ref int runEnd, List<ViewTrigger> triggers)
    {
        ulong members = Mark(in step, out ulong signs);
        ulong run = members & (members >> 1);
        run &= run >> 2;
        run &= run >> 4;
        run &= run >> 8;
        if ((signs | run) != 0)
        {
            Add(text, at, signs, members, run, ref runEnd, triggers);
        }
    }

    private static void Add(ReadOnlySpan<byte> text, int at, ulong signs, ulong members, ulong run, ref int runEnd, List<ViewTrigger> triggers)
    {
        for (ulong rest = signs | run; rest != 0;)
        {
            int bit = BitOperations.TrailingZeroCount(rest);
            if ((signs >> bit & 1) != 0)
            {
                AddSign(text, at + bit, triggers);
                rest &= rest - 1;
                continue;
            }

            // Only what the step begins with can have begun before it, and only what it ends with can go on behind it.
            int length = BitOperations.TrailingZeroCount(~(members >> bit));
            bool goesOn = bit + length >= Step;
            rest = goesOn ? 0 : rest & (ulong.MaxValue << (bit + length));
            if (at + bit >= runEnd)
            {
                int start = at + bit;
                while (bit == 0 && start > runEnd && Members.Contains(text[start - 1]))
                {
                    start--;
                }

                runEnd = at + bit + length;
                if (goesOn)
                {
                    int behind = text[(at + Step)..].IndexOfAnyExcept(Members);
                    runEnd = behind < 0 ? text.Length : at + Step + behind;
                }

                AddRun(text, start, runEnd, triggers);
            }
        }
    }

    private static void AddRun(ReadOnlySpan<byte> text, int start, int end, List<ViewTrigger> triggers)
    {
        int length = end - start;
        if (length >= ViewLimits.MinRun && (length >= ViewLimits.MinBlob || Readable.MayHold(text.Slice(start, length))))
        {
            triggers.Add(new ViewTrigger(TriggerKind.Run, start, length));
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
