using System.Buffers;
using YamlDotNet.RepresentationModel;

namespace Redactor.Configuration;

/// <summary>The headers that go to a backend: <c>headers</c>, with values, and <c>forward_headers</c>, names of the sender's headers that are passed on.</summary>
internal static class HeadersSection
{
    /// <summary>RFC 9110, 5.6.2: what a header's name is made of.</summary>
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Words that make a header's name one that carries a credential.</summary>
    private static readonly string[] SecretWords = ["auth", "cookie", "key", "token", "secret", "password", "credential"];

    /// <summary>Headers that make up the request itself: the exporter writes them.</summary>
    private static readonly string[] Reserved =
        ["host", "content-type", "content-length", "content-encoding", "transfer-encoding", "connection", "te", "trailer", "upgrade", "keep-alive", "expect", "grpc-timeout", "grpc-encoding", "grpc-accept-encoding"];

    /// <summary>Characters of the longest authentication scheme in use, as in <c>GoogleLogin</c>; what is longer may be a credential.</summary>
    private const int LongestScheme = 11;

    public static IReadOnlyList<KeyValuePair<string, string>> Read(YamlSection exporter)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (exporter.Section("headers") is not { } section)
        {
            return headers;
        }

        foreach (var name in section.Keys)
        {
            var value = section.Text(name);
            if (value is null || !CheckName(section, section.Find(name)!, name))
            {
                continue;
            }

            if (value.Any(char.IsControl))
            {
                section.Mistake(name, $"{section.PathOf(name)} holds a line break or control character; a header's value is one line");
            }
            else if (IsSecret(name) && HoldsLiteral(section.Find(name)!))
            {
                section.Mistake(name, $"{section.PathOf(name)} holds a credential; write ${{env:NAME}} or ${{file:PATH}}, such as \"Bearer ${{env:BACKEND_TOKEN}}\"");
            }
            else
            {
                headers.Add(new(name, value));
            }
        }

        return headers;
    }

    /// <summary>The names of <c>forward_headers</c>, in lower case.</summary>
    public static IReadOnlyList<string> ReadNames(YamlSection exporter)
    {
        var names = exporter.Texts("forward_headers") ?? [];
        return [.. names.Where(n => CheckName(exporter, n.Node, n.Text)).Select(n => n.Text.ToLowerInvariant()).Distinct()];
    }

    /// <summary>The name of a header that the sender writes, in lower case; null if the key is missing or wrong.</summary>
    public static string? ReadName(YamlSection section, string key)
    {
        if (section.Text(key) is not { } name)
        {
            return null;
        }

        if (IsName(name))
        {
            return name.ToLowerInvariant();
        }

        section.Refuse(key, "a header's name, of letters, digits and hyphens");
        return null;
    }

    private static bool CheckName(YamlSection section, YamlNode node, string name)
    {
        var mistake = name switch
        {
            _ when !IsName(name) => "is not a header's name; letters, digits and hyphens are",
            _ when Reserved.Contains(name, StringComparer.OrdinalIgnoreCase) => "is written by the exporter itself; remove it",
            _ => null,
        };
        if (mistake is not null)
        {
            section.Context.Mistakes.Add(node, $"{section.PathOf(name)} {mistake}");
        }

        return mistake is null;
    }

    private static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    private static bool IsSecret(string name) => SecretWords.Any(w => name.Contains(w, StringComparison.OrdinalIgnoreCase));

    /// <summary>Beside references only a scheme (<c>Bearer</c>, <c>Basic</c>...) and blanks may stand in the file.</summary>
    private static bool HoldsLiteral(YamlNode node)
    {
        var written = ((YamlScalarNode)node).Value ?? "";
        var literal = References.LiteralPart(written).Trim();
        return literal == written.Trim() || literal.Any(c => !char.IsAsciiLetter(c)) || literal.Length > LongestScheme;
    }
}
