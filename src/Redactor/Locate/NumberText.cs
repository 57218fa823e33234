using System.Globalization;
using Redactor.Scanning;

namespace Redactor.Locate;

/// <summary>Numbers as the text that number rules read, and how the filter sees them in protobuf.</summary>
public static class NumberText
{
    /// <summary>The most digits that <see cref="TryFormat(long, Span{byte}, out int)"/> writes.</summary>
    public const int MaxLength = 20;

    /// <summary>2^64: a double from there on has no exact digits to prove.</summary>
    private const double MaxDouble = 18446744073709551616.0;

    /// <summary>
    /// What a scanner must report beside its rules' own candidates, so that numbers are found in protobuf: the tag of an int64 with a varint
    /// of six bytes and more, the tag of a double from 2^33 to 2^65, and overlong varints, behind which a tag or a name's length may hide.
    /// </summary>
    public static ScannerOptions ScannerOptions { get; } = new() { Marks = [LongVarint(), LargeDouble(), OverlongVarint()] };

    /// <summary>The digits of an integer's magnitude; false if it is below <see cref="LocateLimits.MinScannedNumber"/>.</summary>
    public static bool TryFormat(long value, Span<byte> digits, out int written)
    {
        ulong magnitude = value < 0 ? (ulong)-value : (ulong)value;
        return TryFormat(magnitude, digits, out written);
    }

    /// <summary>The digits of a double's magnitude; false if it is below <see cref="LocateLimits.MinScannedNumber"/>, no whole number, or too large to be exact.</summary>
    public static bool TryFormat(double value, Span<byte> digits, out int written)
    {
        double magnitude = Math.Abs(value);
        written = 0;
        return magnitude < MaxDouble && Math.Truncate(magnitude) == magnitude && TryFormat((ulong)magnitude, digits, out written);
    }

    /// <summary>The digits of a magnitude; false if it is below <see cref="LocateLimits.MinScannedNumber"/>.</summary>
    public static bool TryFormat(ulong magnitude, Span<byte> digits, out int written)
    {
        written = 0;
        return magnitude >= LocateLimits.MinScannedNumber
            && magnitude.TryFormat(digits, out written, default, CultureInfo.InvariantCulture);
    }

    private static ByteSet[] LongVarint()
    {
        ByteSet continued = ByteSet.Range(0x80, 0xFF);
        return [ByteSet.Of(0x18), continued, continued, continued, continued, continued];
    }

    private static ByteSet[] LargeDouble() =>
        [ByteSet.Of(0x21), .. Enumerable.Repeat(ByteSet.All, 7), ByteSet.Range(0x42, 0x43) | ByteSet.Range(0xC2, 0xC3)];

    private static ByteSet[] OverlongVarint() => [ByteSet.Range(0x80, 0xFF), ByteSet.Of(0)];
}
