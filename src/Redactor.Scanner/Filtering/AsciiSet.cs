namespace Redactor.Scanning.Filtering;

/// <summary>A set of ASCII bytes in the forms that kernels look it up in.</summary>
internal sealed class AsciiSet
{
    private readonly byte[] members = new byte[128];
    private readonly byte[] rows = new byte[16];

    /// <summary>Creates the tables for <paramref name="set"/>, all of it below 0x80.</summary>
    public AsciiSet(ByteSet set)
    {
        foreach (byte value in set.Bytes())
        {
            members[value] = 0xFF;
            rows[value & 15] |= (byte)(1 << (value >> 4));
        }
    }

    /// <summary>The bit in <see cref="Rows"/> for each high half of a byte; none for those beyond ASCII.</summary>
    public static ReadOnlySpan<byte> RowBits => [1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>For each of the 128 bytes 0xFF if it is in the set, else 0.</summary>
    public ReadOnlySpan<byte> Members => members;

    /// <summary>For each low half of a byte, a bit for each high half (see <see cref="RowBits"/>) that makes it a member.</summary>
    public ReadOnlySpan<byte> Rows => rows;
}
