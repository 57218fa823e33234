using System.Text;
using System.Text.RegularExpressions;

namespace Redactor.Rules;

/// <summary>An example with its fills made.</summary>
/// <param name="Text">The text.</param>
/// <param name="Fills">Where the fills are, in UTF-8 bytes: the secrets of a <c>match</c> example.</param>
public sealed record ExampleText(string Text, IReadOnlyList<Range> Fills);

/// <summary>
/// Fills such as <c>{alnum:40}</c> in the examples of rule files, so that no file holds what looks like a live key:
/// <c>{CLASS:LENGTH}</c>, <c>{luhn:LENGTH:PREFIX}</c>, <c>{iban:COUNTRY:LENGTH:PREFIX}</c>, <c>{check:NAME:CLASS:LENGTH:PREFIX}</c>.
/// The characters look random and are the same on every machine.
/// </summary>
public static partial class ExampleTemplate
{
    /// <summary>Makes the fills of <paramref name="template"/>.</summary>
    /// <exception cref="FormatException">A fill is unknown or has wrong arguments; the message says what would be right.</exception>
    public static ExampleText Fill(string template)
    {
        var random = new FillRandom(template);
        var text = new StringBuilder();
        var fills = new List<Range>();
        int bytes = 0, from = 0;
        foreach (Match match in FillPattern().Matches(template))
        {
            string between = template[from..match.Index];
            string fill = ExampleFill.Make(match.Groups[1].Value, match.Groups[2].Value.Split(':'), random);
            bytes += Encoding.UTF8.GetByteCount(between);
            fills.Add(bytes..(bytes + fill.Length));
            bytes += fill.Length;
            text.Append(between).Append(fill);
            from = match.Index + match.Length;
        }

        return new ExampleText(text.Append(template, from, template.Length - from).ToString(), fills);
    }

    // A letter or digit right behind the colon: {"a":1}, {a: 1} and ${VAR:-x} are text.
    [GeneratedRegex(@"\{([a-z][a-z0-9]*):([A-Za-z0-9][^{}\s]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex FillPattern();
}
