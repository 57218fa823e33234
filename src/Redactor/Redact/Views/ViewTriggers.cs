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

/// <summary>Finds the places where a text may be encoded, 64 bytes a step: a bit for each byte tells where runs begin and end, and most steps have none that is long.</summary>
internal static class ViewTriggers
{
    /// <summary>As many as a number has bits, and twice the least run: one that lies within a step lies across its middle.</summary>
    private const int Step = 64, Half = ViewLimits.MinRun;

    /// <summary>The bytes of base64, of either alphabet.</summary>
    public static readonly SearchValues<byte> Members = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    /// <summary>Adds the triggers in <paramref name="text"/>, in ascending order.</summary>
    public static void Find(ReadOnlySpan<byte> text, List<ViewTrigger> triggers)
    {
        triggers.Clear();
        int at = 0, open = 0;
        ref byte first = ref MemoryMarshal.GetReference(text);
        for (; at <= text.Length - Step; at += Step)
        {
            open = Look(in Unsafe.Add(ref first, at), text, at, open, triggers);
        }

        // The zeros behind the text end what is open.
        Span<byte> tail = stackalloc byte[Step];
        tail.Clear();
        text[at..].CopyTo(tail);
        Look(in MemoryMarshal.GetReference(tail), text, at, open, triggers);
    }

    /// <summary>Looks at the step at <paramref name="at"/>, before which are <paramref name="open"/> bytes of a run, and returns how many there are at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Look(ref readonly byte step, ReadOnlySpan<byte> text, int at, int open, List<ViewTrigger> triggers)
    {
        ulong members = Mark(in step, out ulong signs);
        int first = BitOperations.TrailingZeroCount(~members);
        if (first == Step)
        {
            return open + Step;
        }

        if (open + first >= ViewLimits.MinRun)
        {
            AddRun(text, at - open, at + first, triggers);
        }

        // What neither begins the step nor goes on behind it.
        int start = Half - BitOperations.LeadingZeroCount(~(members << Half)), end = Half + BitOperations.TrailingZeroCount(~(members >> Half));
        if (end - start >= ViewLimits.MinRun && start > 0 && end < Step)
        {
            AddSigns(text, at, signs & ((1UL << start) - 1), triggers);
            AddRun(text, at + start, at + end, triggers);
            signs &= ulong.MaxValue << end;
        }

        if (signs != 0)
        {
            AddSigns(text, at, signs, triggers);
        }

        return BitOperations.LeadingZeroCount(~members);
    }

    private static void AddRun(ReadOnlySpan<byte> text, int start, int end, List<ViewTrigger> triggers)
    {
        int length = end - start;
        if (length >= ViewLimits.MinBlob || Readable.MayHold(text.Slice(start, length)))
        {
            triggers.Add(new ViewTrigger(TriggerKind.Run, start, length));
        }
    }

    private static void AddSigns(ReadOnlySpan<byte> text, int at, ulong signs, List<ViewTrigger> triggers)
    {
        for (; signs != 0; signs &= signs - 1)
        {
            int place = at + BitOperations.TrailingZeroCount(signs);
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
