using System.Globalization;
using Redactor.Known;
using Redactor.Known.Sources;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Configuration;

/// <summary>The section <c>known_secrets</c>: where the secrets come from that are masked wherever they stand.</summary>
internal static class KnownSecretsSection
{
    /// <summary>Greatest least length: beyond any key that people type.</summary>
    private const int GreatestMinLength = 64;

    /// <summary>Greatest overlap: 30 days, after which nobody can call it a rotation.</summary>
    private static readonly TimeSpan GreatestOverlap = TimeSpan.FromDays(30);

    private static readonly string[] Kinds = ["file", "directory", "env_file", "variables", "http"];

    /// <summary>Null where the section is missing.</summary>
    public static KnownOptions? Read(YamlSection root)
    {
        if (root.Section("known_secrets") is not { } section)
        {
            return null;
        }

        var sources = section.Sections("sources");
        if (sources.Count == 0)
        {
            section.Mistake("sources", $"{section.PathOf("sources")} names no source; write a list, such as [{{directory: /run/secrets}}]");
        }

        var defaults = new KnownOptions([.. sources.Select(ReadSource).OfType<SecretSource>()]);
        var options = defaults with
        {
            MinLength = section.Value("min_length", Parse.Integer(ScanLimits.MinExactLength, GreatestMinLength), $"a whole number of bytes from {ScanLimits.MinExactLength} to {GreatestMinLength}") ?? defaults.MinLength,
            Overlap = section.Value("overlap", Parse.DurationUpTo(GreatestOverlap), "a duration of at most 720h, such as 24h") ?? defaults.Overlap,
            RefreshInterval = section.Value("refresh_interval", Parse.Duration, Parse.DurationForm) ?? defaults.RefreshInterval,
        };
        section.Close();
        return options;
    }

    private static SecretSource? ReadSource(YamlSection section)
    {
        string[] kinds = [.. Kinds.Where(kind => section.Find(kind) is not null)];
        string name = ReadName(section);
        var metadata = new SecretMetadata(section.Text("owner"), section.Text("environment"), Date(section, "issued"), Date(section, "rotate_by"));
        var keys = Texts(section, "keys");
        var source = kinds is [var only] ? ReadSource(section, only, keys, name, metadata) : null;
        section.Close();
        if (keys is not null && !kinds.Contains("env_file"))
        {
            section.Mistake("keys", $"{section.PathOf("keys")} chooses lines of an env_file; remove it");
        }

        if (kinds.Length != 1)
        {
            section.Context.Mistakes.Add(section.Node, $"a source of known_secrets has one of {string.Join(", ", Kinds)}, this one has {(kinds.Length == 0 ? "none" : string.Join(" and ", kinds))}");
        }

        return source;
    }

    private static SecretSource? ReadSource(YamlSection section, string kind, List<string>? keys, string name, SecretMetadata metadata)
    {
        switch (kind)
        {
            case "file":
                return section.Path("file") is { } file ? new FileSource(file, name.Length > 0 ? name : SecretName.Create("", Path.GetFileName(file)), metadata) : null;
            case "directory":
                return section.Path("directory") is { } directory ? new DirectorySource(directory, name, metadata) : null;
            case "env_file":
                return section.Path("env_file") is { } envFile ? new EnvFileSource(envFile, keys ?? ["*"], name, metadata) : null;
            case "variables":
                return Texts(section, "variables") is { Count: > 0 } variables ? new EnvironmentSource(variables, name, metadata) : null;
            default:
                return section.Section("http") is { } http ? ReadHttp(http, name, metadata) : null;
        }
    }

    private static HttpSource? ReadHttp(YamlSection section, string name, SecretMetadata metadata)
    {
        var endpoint = section.Text("endpoint");
        string? tokenFile = section.Path("token_file"), header = section.Text("token_header"), member = section.Text("member");
        section.Close();
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            section.Mistake("endpoint", $"{section.PathOf("endpoint")} must be an address that begins with https://, or with http:// on this machine: the answer holds secrets");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            section.Mistake("endpoint", $"{section.PathOf("endpoint")} holds credentials; put them into a file and name it as {section.PathOf("token_file")}");
        }

        if (header is not null && tokenFile is null)
        {
            section.Mistake("token_header", $"{section.PathOf("token_header")} has no token; add {section.PathOf("token_file")}");
        }

        return new HttpSource(url, tokenFile is null ? null : new TokenFile(tokenFile, header ?? "Authorization"), member?.Split('.') ?? [], name, metadata);
    }

    private static string ReadName(YamlSection section)
    {
        if (section.Text("name") is not { } name || SecretName.IsValid(name))
        {
            return section.Text("name") ?? "";
        }

        section.Refuse("name", "lower-case letters, digits and single hyphens, at most 64, such as prod-chat");
        return "";
    }

    private static List<string>? Texts(YamlSection section, string key) => section.Texts(key)?.Select(text => text.Text).ToList();

    private static DateOnly? Date(YamlSection section, string key) => section.Value<DateOnly>(
        key,
        text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
        "a date such as 2026-12-31");
}
