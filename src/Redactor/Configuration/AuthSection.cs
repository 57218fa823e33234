using Redactor.Forward;
using Redactor.Listen;
using Redactor.Receive;

namespace Redactor.Configuration;

/// <summary>The section <c>auth</c> of a port: which credentials its clients must send. They stand in files that may change at any time.</summary>
internal static class AuthSection
{
    /// <summary>Null where clients need none.</summary>
    public static PortAuth? Read(YamlSection port)
    {
        if (port.Section("auth") is not { } auth)
        {
            return null;
        }

        var bearer = auth.Section("bearer");
        var basic = auth.Section("basic");
        var options = new PortAuth
        {
            TokensFile = ReadFile(bearer, "tokens_file", file => TokenSet.Parse(file).Mistake),
            TokenHeader = (bearer is null ? null : HeadersSection.ReadName(bearer, "header")) ?? PortAuth.DefaultHeader,
            HtpasswdFile = ReadFile(basic, "htpasswd_file", file => UserSet.Parse(file).Mistake),
        };
        bearer?.Close();
        basic?.Close();
        auth.Close();
        if (bearer is null && basic is null)
        {
            auth.Context.Mistakes.Add(auth.Node, $"{auth.PathOf("bearer")} and basic are both missing; write bearer: {{tokens_file: PATH}} or basic: {{htpasswd_file: PATH}}");
        }

        return options;
    }

    /// <summary>Notes a mistake where an exporter would pass on the very credentials that are meant for this receiver: a backend could use them.</summary>
    public static void KeepFromBackends(YamlSection root, ReceiverOptions receiver, IEnumerable<ExporterOptions> exporters)
    {
        var ours = new[] { receiver.Grpc, receiver.Http }.SelectMany(port => port?.Auth?.Headers ?? []).ToHashSet();
        foreach (var exporter in exporters.OfType<OtlpExporterOptions>())
        {
            foreach (string header in exporter.ForwardHeaders.Where(ours.Contains))
            {
                var section = root.Section("exporters")!.Section(exporter.Name)!;
                section.Mistake("forward_headers", $"{section.PathOf("forward_headers")}: {header} holds what senders prove themselves with to this receiver, and stays here; give the backend credentials by headers, or let senders use another header for ours by auth.bearer.header");
            }
        }
    }

    private static string? ReadFile(YamlSection? section, string key, Func<byte[], string?> findMistake)
    {
        if (section is null)
        {
            return null;
        }

        if (section.Find(key) is null)
        {
            section.Context.Mistakes.Add(section.Node, $"{section.PathOf(key)} is missing; name the file that holds the credentials");
            return null;
        }

        if (section.Path(key) is not { } path)
        {
            return null;
        }

        var contents = FileContents.Read([path]);
        if ((contents.Mistake ?? findMistake(contents.Value![0])) is { } mistake)
        {
            section.Mistake(key, $"{section.PathOf(key)}: {mistake}");
        }

        return path;
    }
}
