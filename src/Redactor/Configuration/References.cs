using System.Text;

namespace Redactor.Configuration;

/// <summary>
/// <c>${env:NAME}</c> and <c>${file:PATH}</c> in a configuration value: how secrets enter. A relative path counts from the
/// configuration file's directory; line breaks at the end of a referenced file are not part of the value.
/// </summary>
/// <param name="directory">Where relative paths start.</param>
/// <param name="environment">Reads an environment variable; null if it is not set.</param>
internal sealed class References(string directory, Func<string, string?> environment)
{
    private const string Start = "${";

    /// <summary>Puts in what the references name, or says in <paramref name="mistake"/> why that can't be done.</summary>
    public bool TryExpand(string text, out string expanded, out string mistake)
    {
        var result = new StringBuilder();
        var rest = text.AsSpan();
        (expanded, mistake) = ("", text.Contains('\0') ? "holds a NUL, which no name, path or credential has" : "");
        if (mistake.Length > 0)
        {
            return false;
        }

        for (var at = rest.IndexOf(Start); at >= 0; at = rest.IndexOf(Start))
        {
            var end = rest[at..].IndexOf('}');
            if (end < 0)
            {
                mistake = "'${' is not closed; write ${env:NAME} or ${file:PATH}";
                return false;
            }

            if (!TryResolve(rest.Slice(at + Start.Length, end - Start.Length).ToString(), out var value, out mistake))
            {
                return false;
            }

            result.Append(rest[..at]).Append(value);
            rest = rest[(at + end + 1)..];
        }

        expanded = result.Append(rest).ToString();
        return true;
    }

    /// <summary>What of <paramref name="text"/> stands in the file itself.</summary>
    public static string LiteralPart(string text)
    {
        while (text.IndexOf(Start, StringComparison.Ordinal) is >= 0 and var at && text.IndexOf('}', at) is >= 0 and var end)
        {
            text = text.Remove(at, end - at + 1);
        }

        return text;
    }

    private bool TryResolve(string reference, out string value, out string mistake)
    {
        (value, mistake) = ("", "");
        var colon = reference.IndexOf(':');
        var (kind, name) = colon < 0 ? (reference, "") : (reference[..colon], reference[(colon + 1)..]);
        switch (kind)
        {
            case "env" when name.Length > 0:
                value = environment(name) ?? "";
                mistake = value.Length > 0 ? "" : $"the environment variable {name} is not set or empty; set it before the start";
                return mistake.Length == 0;
            case "file" when name.Length > 0:
                return TryReadFile(Path.Combine(directory, name), out value, out mistake);
            default:
                mistake = $"'${{{reference}}}' is not a reference this build knows; write ${{env:NAME}} or ${{file:PATH}}";
                return false;
        }
    }

    private static bool TryReadFile(string path, out string value, out string mistake)
    {
        (value, mistake) = ("", "");
        try
        {
            if (BoundedFile.Read(path, ConfigurationLimits.MaxReferencedFileSize) is not { } content)
            {
                mistake = $"the file {path} is larger than {ConfigurationLimits.MaxReferencedFileSize / 1024} KiB; name one that holds the value alone";
                return false;
            }

            using var reader = new StreamReader(new MemoryStream(content));
            value = reader.ReadToEnd().TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistake = $"the file {path} can't be read ({(e is UnauthorizedAccessException ? "no permission" : "not found or not a file")}); mount it or correct the path";
            return false;
        }

        mistake = value.Length == 0 ? $"the file {path} is empty; it must hold the value" : value.Contains('\0') ? $"the file {path} holds a NUL; it must be text" : "";
        return mistake.Length == 0;
    }
}
