import type { PageTranslation } from './page-translation.ts';

export const es: PageTranslation = {
  queued: { title: 'En camino a Lime', text: 'La conversación se ha aceptado y espera su turno.' },
  delivering: { title: 'Guardándose en Lime', text: 'El objeto se abrirá aquí en un momento.' },
  retrying: {
    title: 'En camino a Lime',
    text: 'Lime todavía no ha podido recibir la conversación. Se volverá a intentar; no se pierde nada.',
  },
  delivered: { title: 'En Lime', text: 'La conversación está en Lime.' },
  parked: {
    title: 'Aún no está en Lime',
    text: 'Lime no puede recibir esta conversación tal como está. Se ha conservado y se puede volver a enviar cuando se resuelva el motivo.',
  },
  notFound: { title: 'No encontrada', text: 'Este enlace no lleva a ninguna conversación.' },
  unavailable: {
    title: 'No disponible',
    text: 'El estado de la conversación no se puede consultar en este momento. Inténtelo de nuevo.',
  },
  reason: 'Motivo: ',
  nextTry: 'Próximo intento: ',
  open: 'Abrir el objeto',
};

export const fr: PageTranslation = {
  queued: { title: 'En route vers Lime', text: 'La conversation a été acceptée et attend son tour.' },
  delivering: { title: 'Enregistrement dans Lime', text: 'L’objet s’ouvrira ici dans un instant.' },
  retrying: {
    title: 'En route vers Lime',
    text: 'Lime n’a pas encore pu recevoir la conversation. Un nouvel essai suivra\u00a0; rien n’est perdu.',
  },
  delivered: { title: 'Dans Lime', text: 'La conversation est dans Lime.' },
  parked: {
    title: 'Pas encore dans Lime',
    text: 'Lime ne peut pas recevoir cette conversation en l’état. Elle est conservée et pourra être renvoyée une fois la cause corrigée.',
  },
  notFound: { title: 'Introuvable', text: 'Ce lien ne mène à aucune conversation.' },
  unavailable: {
    title: 'Indisponible',
    text: 'L’état de la conversation ne peut pas être lu pour le moment. Veuillez réessayer.',
  },
  reason: 'Cause\u00a0: ',
  nextTry: 'Prochain essai\u00a0: ',
  open: 'Ouvrir l’objet',
};

export const ptBR: PageTranslation = {
  queued: { title: 'A caminho do Lime', text: 'A conversa foi aceita e aguarda a sua vez.' },
  delivering: { title: 'Sendo salva no Lime', text: 'O objeto será aberto aqui em instantes.' },
  retrying: {
    title: 'A caminho do Lime',
    text: 'O Lime ainda não conseguiu receber a conversa. Haverá uma nova tentativa; nada se perde.',
  },
  delivered: { title: 'No Lime', text: 'A conversa está no Lime.' },
  parked: {
    title: 'Ainda não está no Lime',
    text: 'O Lime não pode receber esta conversa como está. Ela foi guardada e pode ser enviada de novo quando o motivo for resolvido.',
  },
  notFound: { title: 'Não encontrada', text: 'Este link não leva a nenhuma conversa.' },
  unavailable: {
    title: 'Indisponível',
    text: 'Não é possível ler o estado da conversa no momento. Tente novamente.',
  },
  reason: 'Motivo: ',
  nextTry: 'Próxima tentativa: ',
  open: 'Abrir o objeto',
};

export const ptPT: PageTranslation = {
  ...ptBR,
  queued: { title: 'A caminho do Lime', text: 'A conversa foi aceite e aguarda a sua vez.' },
  delivering: { title: 'A ser guardada no Lime', text: 'O objeto será aberto aqui dentro de instantes.' },
  notFound: { title: 'Não encontrada', text: 'Esta ligação não conduz a nenhuma conversa.' },
};
