using Redactor.Scanning;

namespace Redactor.Known;

/// <summary>What hex makes of a short value: text is read decoded from 32 digits on (<c>Redact/Views</c>), and a value of less than 16 bytes has fewer.</summary>
internal static class HexForms
{
    private const int LongEnough = 16;

    /// <summary>Adds the forms of a value, with small digits and with capital ones. Sixteen digits and more are nobody else's by chance, whatever stands around them.</summary>
    public static void Add(int rule, ReadOnlyMemory<byte> value, SecretMemory memory, List<ExactValue> forms)
    {
        if (value.Length >= LongEnough)
        {
            return;
        }

        Memory<byte> small = memory.Take(2 * value.Length), capital = memory.Take(2 * value.Length);
        Convert.TryToHexStringLower(value.Span, small.Span, out _);
        Convert.TryToHexString(value.Span, capital.Span, out _);
        forms.Add(new ExactValue(rule, small, Encoded: true));
        forms.Add(new ExactValue(rule, capital, Encoded: true));
    }
}
