using System.Net;
using System.Security.Authentication;
using Redactor.Listen;

namespace Redactor.Configuration;

/// <summary>What every listening port has: <c>endpoint</c>, <c>tls</c>, <c>auth</c>, <c>allow</c>. The files it names are read here once, so that a wrong one is a mistake at the start.</summary>
internal static class PortSection
{
    private static readonly Dictionary<string, SslProtocols> Versions = new()
    {
        ["1.2"] = SslProtocols.Tls12 | SslProtocols.Tls13,
        ["1.3"] = SslProtocols.Tls13,
    };

    /// <summary>The port in the section <paramref name="key"/> of <paramref name="parent"/>; the default where there is none.</summary>
    public static PortOptions Read(YamlSection parent, string key, PortOptions defaults) => Read(parent.Section(key), defaults) ?? defaults;

    /// <summary>Null where the section is missing.</summary>
    public static PortOptions? Read(YamlSection? section, PortOptions defaults)
    {
        if (section is null)
        {
            return null;
        }

        var port = new PortOptions(section.Endpoint("endpoint") ?? defaults.Address)
        {
            Tls = ReadTls(section),
            Auth = AuthSection.Read(section),
            Allow = ReadNetworks(section),
        };
        section.Close();
        return port;
    }

    private static PortTls? ReadTls(YamlSection section)
    {
        if (section.Section("tls") is not { } tls)
        {
            return null;
        }

        var certificate = tls.Path("cert_file");
        var key = tls.Path("key_file");
        var authorities = tls.Path("client_ca_file");
        var versions = tls.Choice("min_version", Versions) ?? Versions["1.2"];
        var interval = tls.Value("reload_interval", Parse.Duration, Parse.DurationForm) ?? ListenLimits.ReloadInterval;
        tls.Close();
        if (tls.Find("cert_file") is null || tls.Find("key_file") is null)
        {
            tls.Context.Mistakes.Add(tls.Node, $"{tls.PathOf("cert_file")} and key_file belong together; a port with TLS needs both");
        }

        if (certificate is null || key is null)
        {
            return null;
        }

        var options = new PortTls(certificate, key) { ClientCaFile = authorities, Versions = versions, ReloadInterval = interval };
        if (FileContents.Read(TlsIdentity.Files(options), TlsIdentity.Parse).Mistake is { } mistake)
        {
            tls.Mistake("cert_file", $"{tls.PathOf("cert_file")}: {mistake}");
        }

        return options;
    }

    private static List<IPNetwork> ReadNetworks(YamlSection section)
    {
        var networks = new List<IPNetwork>();
        foreach (var (text, node) in section.Texts("allow") ?? [])
        {
            if (Parse.Network(text) is { } network)
            {
                networks.Add(network);
            }
            else
            {
                section.Refuse("allow", node, Parse.NetworkForm);
            }
        }

        if (section.IsEmptyList("allow"))
        {
            section.Mistake("allow", $"{section.PathOf("allow")} allows nobody; name a network, or leave it out for all");
        }

        return networks;
    }
}
