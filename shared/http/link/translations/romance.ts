import type { PageTranslation } from './page-translation.ts';

export const es: PageTranslation = {
  queued: { title: 'En camino a Lime', text: 'La conversación se ha aceptado y espera su turno.' },
  delivering: { title: 'Guardándose en Lime', text: 'El objeto se abrirá aquí en un momento.' },
  retrying: {
    title: 'En camino a Lime',
    text: 'Lime todavía no ha podido recibir la conversación. Se volverá a intentar automáticamente y no se pierde nada.',
  },
  delivered: { title: 'En Lime', text: 'La conversación está en Lime.' },
  parked: {
    title: 'Aún no está en Lime',
    text: 'Lime no puede recibir esta conversación tal como está. Se ha conservado y se puede volver a enviar.',
  },
  skipped: {
    title: 'No se incorpora a Lime',
    text: 'La configuración de la organización excluye conversaciones como esta. Se incorporará si cumple las condiciones cuando se envíe de nuevo.',
  },
  incomplete: {
    title: 'En Lime, pero incompleta',
    text: 'El objeto existe en Lime, pero allí falta una parte de la conversación. Se ha conservado y se puede volver a enviar.',
  },
  notFound: { title: 'No encontrada', text: 'Este enlace no lleva a ninguna conversación.' },
  unavailable: {
    title: 'No disponible',
    text: 'El estado de la conversación no se puede consultar en este momento. Inténtelo de nuevo.',
  },
  wait: 'No tiene que hacer nada. Esta página abre el objeto por sí sola.',
  later: 'No tiene que hacer nada. Puede cerrar esta página y volver a abrir el enlace más tarde.',
  tell: 'Avise a la persona responsable de Lime e indique el número de la conversación.',
  conversation: 'Conversación',
  nextTry: 'Próximo intento',
  open: 'Abrir el objeto',
};

export const fr: PageTranslation = {
  queued: { title: 'En route vers Lime', text: 'La conversation a été acceptée et attend son tour.' },
  delivering: { title: 'Enregistrement dans Lime', text: 'L’objet s’ouvrira ici dans un instant.' },
  retrying: {
    title: 'En route vers Lime',
    text: 'Lime n’a pas encore pu recevoir la conversation. Un nouvel essai suivra automatiquement, rien n’est perdu.',
  },
  delivered: { title: 'Dans Lime', text: 'La conversation est dans Lime.' },
  parked: {
    title: 'Pas encore dans Lime',
    text: 'Lime ne peut pas recevoir cette conversation en l’état. Elle est conservée et peut être renvoyée.',
  },
  skipped: {
    title: 'Non reprise dans Lime',
    text: "Les paramètres de l'organisation excluent les conversations de ce type. Elle sera reprise si elle remplit les conditions lors d'un nouvel envoi.",
  },
  incomplete: {
    title: 'Dans Lime, mais incomplète',
    text: 'L’objet existe dans Lime, mais une partie de la conversation y manque. Elle est conservée et peut être renvoyée.',
  },
  notFound: { title: 'Introuvable', text: 'Ce lien ne mène à aucune conversation.' },
  unavailable: {
    title: 'Indisponible',
    text: 'L’état de la conversation ne peut pas être lu pour le moment. Veuillez réessayer.',
  },
  wait: 'Vous n’avez rien à faire. Cette page ouvre l’objet d’elle-même.',
  later: 'Vous n’avez rien à faire. Vous pouvez fermer cette page et rouvrir le lien plus tard.',
  tell: 'Veuillez prévenir la personne responsable de Lime en indiquant le numéro de la conversation.',
  conversation: 'Conversation',
  nextTry: 'Prochain essai',
  open: 'Ouvrir l’objet',
};

export const ptBR: PageTranslation = {
  queued: { title: 'A caminho do Lime', text: 'A conversa foi aceita e aguarda a sua vez.' },
  delivering: { title: 'Sendo salva no Lime', text: 'O objeto será aberto aqui em instantes.' },
  retrying: {
    title: 'A caminho do Lime',
    text: 'O Lime ainda não conseguiu receber a conversa. Haverá uma nova tentativa automática e nada se perde.',
  },
  delivered: { title: 'No Lime', text: 'A conversa está no Lime.' },
  parked: {
    title: 'Ainda não está no Lime',
    text: 'O Lime não pode receber esta conversa como está. Ela foi guardada e pode ser enviada de novo.',
  },
  skipped: {
    title: 'Não incluída no Lime',
    text: 'As configurações da organização excluem conversas como esta. Ela será incluída se atender às condições quando for enviada novamente.',
  },
  incomplete: {
    title: 'No Lime, mas incompleta',
    text: 'O objeto existe no Lime, mas lá falta uma parte da conversa. Ela foi guardada e pode ser enviada de novo.',
  },
  notFound: { title: 'Não encontrada', text: 'Este link não leva a nenhuma conversa.' },
  unavailable: {
    title: 'Indisponível',
    text: 'Não é possível ler o estado da conversa no momento. Tente novamente.',
  },
  wait: 'Você não precisa fazer nada. Esta página abre o objeto sozinha.',
  later: 'Você não precisa fazer nada. Pode fechar esta página e abrir o link de novo mais tarde.',
  tell: 'Avise a pessoa responsável pelo Lime e informe o número da conversa.',
  conversation: 'Conversa',
  nextTry: 'Próxima tentativa',
  open: 'Abrir o objeto',
};

export const ptPT: PageTranslation = {
  ...ptBR,
  queued: { title: 'A caminho do Lime', text: 'A conversa foi aceite e aguarda a sua vez.' },
  delivering: { title: 'A ser guardada no Lime', text: 'O objeto será aberto aqui dentro de instantes.' },
  notFound: { title: 'Não encontrada', text: 'Esta ligação não conduz a nenhuma conversa.' },
  wait: 'Não precisa de fazer nada. Esta página abre o objeto sozinha.',
  later: 'Não precisa de fazer nada. Pode fechar esta página e abrir a ligação de novo mais tarde.',
  tell: 'Avise a pessoa responsável pelo Lime e indique o número da conversa.',
};
