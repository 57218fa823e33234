using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Redactor.Scanning;

namespace Redactor.Locate;

/// <summary>
/// The texts of all units of a payload, one behind the other and without escapes: all that may have to be searched, and nothing else. Most text of models is JSON in a string,
/// with an escape every few lines; what is searched without them need not be searched twice. Reused; not thread-safe.
/// </summary>
public sealed class UnitTexts
{
    private const int Margin = 64;

    /// <summary>The escapes of one unit at a time: those of all of a large request would take more memory than the request, and few units are asked for theirs.</summary>
    private readonly List<Escape> escapes = [];

    private readonly ArrayBufferWriter<byte> decoded = new();
    private UnitText[] units = new UnitText[64];
    private byte[] plain = [];
    private int count;
    private int written;

    /// <summary>The texts.</summary>
    public ReadOnlySpan<byte> Plain => plain.AsSpan(0, written);

    /// <summary>The units, in the order in which they lie in the payload.</summary>
    public ReadOnlySpan<UnitText> Units => units.AsSpan(0, count);

    /// <summary>Bytes of storage that are kept for the next payload.</summary>
    public int Capacity => plain.Length + (units.Length * Unsafe.SizeOf<UnitText>()) + (escapes.Capacity * Unsafe.SizeOf<Escape>()) + decoded.Capacity;

    /// <summary>Forgets the last payload and makes room for one of <paramref name="length"/> bytes.</summary>
    public void Begin(int length)
    {
        (count, written) = (0, 1);

        // A unit is no longer here than in the payload, where a tag and a length stand before it.
        // Copying goes on for a step behind the end of a text.
        if (plain.Length < length + Margin)
        {
            plain = GC.AllocateUninitializedArray<byte>(length + Margin);
            plain[0] = Scanner.UnitSeparator;
        }
    }

    /// <summary>Adds a whole payload as it stands, as one unit.</summary>
    public void AddWhole(ReadOnlySpan<byte> payload)
    {
        NextUnit() = new UnitText(0, payload.Length, written, HasEscapes: false, LeavesBackslash: false, UnitKind.Text);
        payload.CopyTo(plain.AsSpan(written));
        written += payload.Length;
        plain[written++] = Scanner.UnitSeparator;
    }

    /// <summary>Adds the unit that lies in the payload from <paramref name="start"/> on, without its escapes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<byte> payload, int start, int length, UnitKind kind)
    {
        int plainStart = written;
        var signs = default(EscapeSigns);
        int plainEnd = plainStart + JsonText.Unescape(payload[start..], length, plain.AsSpan(plainStart), plainStart, start, ref signs);
        NextUnit() = new UnitText(start, length, plainStart, signs.HasEscapes, signs.LeavesBackslash, kind);
        plain[plainEnd] = Scanner.UnitSeparator;
        written = plainEnd + 1;
    }

    /// <summary>Adds a place that has to be located.</summary>
    public void AddPlace(int start) => NextUnit() = new UnitText(start, 0, written, HasEscapes: false, LeavesBackslash: false, UnitKind.Place);

    /// <summary>Where a unit ends in <see cref="Plain"/>.</summary>
    public int PlainEndOf(int unit) => (unit + 1 < count ? units[unit + 1].PlainStart : written) - 1;

    /// <summary>The escapes in a unit of the payload, until those of another are asked for.</summary>
    public ReadOnlySpan<Escape> EscapesOf(ReadOnlySpan<byte> payload, int unit)
    {
        escapes.Clear();
        UnitText text = units[unit];
        if (text.HasEscapes)
        {
            decoded.ResetWrittenCount();
            var sink = new EscapeList(escapes);
            JsonText.Unescape(payload[text.Start..], text.Length, decoded.GetSpan(text.Length), text.PlainStart, text.Start, ref sink);
        }

        return CollectionsMarshal.AsSpan(escapes);
    }

    /// <summary>Index of the last unit that starts at or before a place of the payload; -1 if there is none.</summary>
    public int LastAt(int position) => Ascending.CountUpTo<UnitText, ByStart>(Units, position) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref UnitText NextUnit()
    {
        if (count == units.Length)
        {
            Grow();
        }

        return ref units[count++];
    }

    /// <exception cref="TooDenseException">There are <see cref="LocateLimits.MaxUnits"/>.</exception>
    private void Grow() => Array.Resize(ref units, count < LocateLimits.MaxUnits ? 2 * count : throw new TooDenseException());

    private readonly struct ByStart : IPlace<UnitText>
    {
        public static int Of(in UnitText item) => item.Start;
    }
}
